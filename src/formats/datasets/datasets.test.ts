/** Data sets from files: whole ones give their numbers, broken ones a reason and never an exception. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCifar } from './cifar.ts';
import { idxPart, readIdx, readIdxPair } from './idx.ts';

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
const labels = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 9, 0);

describe('IDX files', () => {
  it('give two images of 1 x 3 and their labels, packed or not', async () => {
    const expected = {
      ok: true,
      value: {
        channels: 1,
        height: 1,
        width: 3,
        classes: 10,
        pixels: images.subarray(16),
        labels: Uint8Array.of(9, 0),
      },
    };
    expect(await readIdxPair(images, labels, 10)).toEqual(expected);
    expect(await readIdxPair(new Uint8Array(gzipSync(images)), labels, 10)).toEqual(expected);
    expect([idxPart(images), idxPart(labels), idxPart(Uint8Array.of(1, 0, 8, 3))]).toEqual(['images', 'labels', null]);
  });

  it.each([
    ['that end early', images.subarray(0, 20), labels, 'file-truncated'],
    ['that are packed and end early', new Uint8Array(gzipSync(images)).subarray(0, 25), labels, 'file-truncated'],
    ['of another type', Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), labels, 'file-unsupported'],
    ['that go on behind their end', Uint8Array.of(...images, 7), labels, 'file-malformed'],
    ['with a class that there is not', images, Uint8Array.of(...labels.subarray(0, 8), 10, 0), 'file-malformed'],
    ['in the wrong order', labels, images, 'file-malformed'],
  ])('say why they cannot be read: files %s', async (_name, first, second, code) => {
    expect(await readIdxPair(first, second, 10)).toMatchObject({ ok: false, error: { code } });
  });

  it('never throw, whatever is in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.boolean(), async (bytes, isPacked) => {
        const read = await readIdx(isPacked ? Uint8Array.of(0x1f, 0x8b, ...bytes) : Uint8Array.of(0, 0, 8, ...bytes));
        expect(typeof read.ok).toBe('boolean');
      }),
      { numRuns: 50 },
    );
  });
});

describe('the Fashion-MNIST that is served', () => {
  it.each([
    ['train-2000', 200],
    ['test-1000', 100],
  ])('%s has as many images of every class', async (name, each) => {
    const file = async (suffix: string) =>
      new Uint8Array(await readFile(`public/datasets/fashion-mnist/${name}-${suffix}`));
    const read = await readIdxPair(await file('images.idx3-ubyte.gz'), await file('labels.idx1-ubyte.gz'), 10);
    if (!read.ok) throw new Error(read.error.code);
    const counts = new Array<number>(10).fill(0);
    for (const label of read.value.labels) counts[label] = counts[label]! + 1;
    expect(counts).toEqual(new Array(10).fill(each));
    expect([read.value.height, read.value.width]).toEqual([28, 28]);
  });
});

describe('CIFAR-10 files', () => {
  const file = new Uint8Array(2 * 3073).map((_, i) => (i % 3073 === 0 ? 7 : i % 251));

  it('give 3 x 32 x 32 bytes and a class for every 3073', () => {
    const read = readCifar([file, file]);
    expect(read).toMatchObject({ ok: true, value: { channels: 3, height: 32, width: 32, classes: 10 } });
    if (!read.ok) return;
    expect([...read.value.labels]).toEqual([7, 7, 7, 7]);
    expect(read.value.pixels.subarray(3072, 3075)).toEqual(file.subarray(3074, 3077));
  });

  it('say why they cannot be read', () => {
    expect(readCifar([file.subarray(1)])).toMatchObject({ ok: false, error: { code: 'file-truncated' } });
    expect(readCifar([])).toMatchObject({ ok: false, error: { code: 'file-truncated' } });
    expect(readCifar([file, file.map(() => 10)])).toMatchObject({
      ok: false,
      error: { code: 'file-malformed', values: { file: 1 } },
    });
  });
});
