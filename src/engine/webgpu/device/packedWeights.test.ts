/** Packed weights on a device that only counts: in parts where they are large, and within the budget whatever they are. */
import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../../operators/operator.ts';
import type { Range } from '../../../operators/programs/cuts.ts';
import type { Packing } from '../../../operators/programs/weights.ts';
import type { EngineError } from '../../engine.ts';
import { BufferPool } from './buffers.ts';
import { PackedWeights } from './packedWeights.ts';
import type { Recorder } from './recorder.ts';

const kibibyte = 1024;
const values: ParameterValues = { weight: new Float32Array(1), bias: null };

function setUp(budget: number, maxBinding: number) {
  const live = { bytes: 0, most: 0 };
  const device = {
    limits: { maxBufferSize: budget },
    pushErrorScope: () => undefined,
    popErrorScope: async () => null,
    createBuffer: ({ size }: GPUBufferDescriptor) => {
      live.bytes += size;
      live.most = Math.max(live.most, live.bytes);
      return {
        destroy: () => {
          live.bytes -= size;
        },
      };
    },
  };
  const pool = new BufferPool(device as unknown as GPUDevice, budget);
  const recorder = { write: () => pool.reap() } as unknown as Recorder;
  const weights = new PackedWeights(pool, recorder, maxBinding);
  pool.kept = weights;
  return { live, pool, weights };
}

/** `blocks` blocks of a kibibyte, and the parts that were packed. */
function packing(blocks: number, bytesPerBlock = kibibyte): Packing & { readonly packed: Range[] } {
  const packed: Range[] = [];
  const perBlock = bytesPerBlock / 4;
  const pack: Packing['pack'] = (_, part) => {
    packed.push(part);
    return new Float32Array((part[1] - part[0]) * perBlock);
  };
  return { key: 'test', where: 'storage', blocks, perBlock, pack, packed };
}

describe('packed weights', () => {
  it('are one part where a binding holds them, and parts of whole blocks alike in size where it does not', () => {
    const { weights } = setUp(1024 * kibibyte, 10 * kibibyte + 1000);
    expect(weights.partsOf(packing(10))).toEqual([[0, 10]]);
    expect(weights.partsOf(packing(11))).toEqual([
      [0, 6],
      [6, 11],
    ]);
    expect(weights.partsOf(packing(24))).toEqual([
      [0, 8],
      [8, 16],
      [16, 24],
    ]);
  });

  it('are parts of an eighth of the budget, or of one block', () => {
    const { weights } = setUp(32 * kibibyte, 2 ** 20);
    expect(weights.partsOf(packing(8))).toHaveLength(2);
    expect(weights.partsOf(packing(2, 6 * kibibyte))).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it('are refused where a binding does not hold a block', () => {
    const { weights } = setUp(1024 * kibibyte, kibibyte - 4);
    expect(() => weights.partsOf(packing(3))).toThrow(
      expect.objectContaining({ code: 'too-large', values: { bytes: kibibyte, limit: kibibyte - 4 } }) as EngineError,
    );
  });

  it('larger than the budget pass through it part by part, and what is kept of them counts as room', () => {
    const { live, pool, weights } = setUp(256 * kibibyte, 2 ** 20);
    const maps = pool.take(100 * kibibyte, 'maps');
    const room = pool.room;
    const large = packing(1000);
    for (let run = 0; run < 2; run++) {
      for (const part of weights.partsOf(large)) {
        const { buffer } = weights.packed(values, large, part);
        expect(buffer.size).toBeGreaterThanOrEqual((part[1] - part[0]) * kibibyte);
        expect(pool.bytesInUse).toBeLessThanOrEqual(pool.budget);
        weights.recorded();
      }
      expect(pool.room).toBe(room);
    }
    expect(large.packed.slice(0, 32)).toEqual(weights.partsOf(large));
    expect(live.most).toBeLessThanOrEqual(pool.budget);
    pool.give(maps);
  });

  it('are packed once while there is room', () => {
    const { weights } = setUp(1024 * kibibyte, 4 * kibibyte);
    const small = packing(12);
    for (let run = 0; run < 3; run++) {
      for (const part of weights.partsOf(small)) weights.packed(values, small, part);
      weights.recorded();
    }
    expect(small.packed).toEqual(weights.partsOf(small));
  });
});
