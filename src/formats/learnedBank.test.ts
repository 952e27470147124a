import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { learnedBanks, learnedLayers } from '../graph/weights/filterState.ts';
import { loadBank, readBank } from './learnedBank.ts';
import { readSafetensors } from './safetensors.ts';

const fileOf = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../public/models/${name}-conv1.safetensors`, import.meta.url)));

function safetensors(header: unknown, data: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + 4 * data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(new Uint8Array(Float32Array.from(data).buffer), 8 + text.length);
  return bytes;
}

describe('the learned banks that ship', () => {
  it('are 24 filters of 5x5x3, 24 of 3x3x3, 32 of 7x7x3 and 64 of 3x3x3', () => {
    const shapes = learnedBanks.map((name) => {
      const bank = readBank(name, fileOf(name));
      return bank.ok ? bank.value.shape : bank.error;
    });
    expect(shapes).toEqual([
      [24, 3, 5, 5],
      [24, 3, 3, 3],
      [32, 3, 7, 7],
      [64, 3, 3, 3],
    ]);
    expect(shapes).toEqual(
      learnedBanks.map((name) => [learnedLayers[name].outChannels, 3, ...learnedLayers[name].kernelSize]),
    );
  });

  it("hold PoseNet's silent filters: 10 of 24 are numerically zero, the weakest other one is above 0.01", () => {
    const bank = readBank('posenet', fileOf('posenet'));
    if (!bank.ok) throw new Error(bank.error.code);
    const largest = Array.from({ length: 24 }, (_, o) =>
      Math.max(...bank.value.weight.subarray(27 * o, 27 * (o + 1)).map(Math.abs)),
    ).sort((a, b) => a - b);
    expect(largest.filter((value) => value < 1e-6)).toHaveLength(10);
    expect(largest[10]).toBeGreaterThan(0.01);
  });
});

describe('loadBank', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('says what was not loaded, and tries again', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
    expect(await loadBank('face')).toEqual({
      ok: false,
      error: { code: 'file-not-loaded', values: { name: 'face-conv1.safetensors' } },
    });
    vi.stubGlobal('fetch', async () => new Response(fileOf('face')));
    expect((await loadBank('face')).ok).toBe(true);
  });
});

describe('readSafetensors', () => {
  it('reads tensors that begin at any byte', () => {
    const header = {
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
      b: { dtype: 'F32', shape: [], data_offsets: [8, 12] },
    };
    for (const text of [JSON.stringify(header), `${JSON.stringify(header)} `]) {
      const result = readSafetensors(safetensors(text, [1, 2, 3]));
      if (!result.ok) throw new Error(result.error.code);
      expect([...(result.value.get('a')?.values ?? [])]).toEqual([1, 2]);
      expect([...(result.value.get('b')?.values ?? [])]).toEqual([3]);
    }
  });

  it('refuses what points outside of the file, counts wrong or is of another type', () => {
    const code = (entry: unknown) => {
      const result = readSafetensors(safetensors({ a: entry }, [1]));
      return result.ok ? 'read' : result.error.code;
    };
    expect(code({ dtype: 'F32', shape: [1], data_offsets: [4, 8] })).toBe('file-truncated');
    expect(code({ dtype: 'F32', shape: [1], data_offsets: [-4, 0] })).toBe('file-malformed');
    expect(code({ dtype: 'F32', shape: [2], data_offsets: [0, 4] })).toBe('file-malformed');
    expect(code({ dtype: 'I64', shape: [1], data_offsets: [0, 8] })).toBe('file-unsupported');
  });

  it('takes any bytes without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => typeof readSafetensors(bytes).ok === 'boolean'));
    const whole = fileOf('posenet');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const broken = whole.slice();
        broken[at] = byte;
        readBank('posenet', broken);
        expect(readBank('posenet', whole.subarray(0, at)).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
