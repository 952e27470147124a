import { describe, expect, it } from 'vitest';
import { hash32 } from '../../math/random.ts';
import { loadTrainingSets, type SetSources } from './trainingSets.ts';

/** IDX of `count` images of 1 x 1 and their labels 0, 1, 0, 1, ... */
const images = (count: number) =>
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 1, 0, 0, 0, 1, ...Array(count).keys());
const labels = (count: number) =>
  Uint8Array.of(0, 0, 8, 1, 0, 0, 0, count, ...Array.from({ length: count }, (_, i) => i % 2));

const nothing = () => Promise.reject(new Error('not asked for'));

describe('what is drawn', () => {
  /** A photo of noise with many places for a patch of 32 x 32 on either side. */
  const noise = {
    width: 160,
    height: 64,
    rgba: Uint8Array.from({ length: 4 * 160 * 64 }, (_, i) => hash32(1, 2, i) % 256),
  };
  const openSample = async () => noise;
  const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
  const sources: SetSources = { fetchFile: nothing, openSample, bytesOf: nothing };

  it.each(['shapes', 'patches'] as const)(
    '%s are a function of the seed, and no test image is learned',
    async (data) => {
      const drawn = async (seed: number) => {
        const sets = await loadTrainingSets({ data, files: [], seed }, sources);
        if (!sets.ok) throw new Error(sets.error.code);
        return sets.value;
      };
      const [one, again, other] = [await drawn(1), await drawn(1), await drawn(2)];
      for (const part of ['train', 'test'] as const) {
        expect(isSame(again[part].pixels, one[part].pixels)).toBe(true);
        expect(other[part].labels).toEqual(one[part].labels);
        expect(isSame(other[part].pixels, one[part].pixels)).toBe(false);
      }
      expect(isSame(one.test.pixels, one.train.pixels.subarray(0, one.test.pixels.length))).toBe(false);
    },
  );
});

describe("a person's own files", () => {
  const of = (given: Readonly<Record<string, Uint8Array>>) => {
    const sources: SetSources = { fetchFile: nothing, openSample: nothing, bytesOf: async (hash) => given[hash] };
    const files = Object.keys(given).map((name) => ({ hash: name, name }));
    return loadTrainingSets({ data: 'files', files, seed: 1 }, sources);
  };

  it('are learned from but for the last sixth of each class, which tests', async () => {
    const read = await of({ 'train-images-idx3-ubyte': images(12), 'train-labels-idx1-ubyte': labels(12) });
    if (!read.ok) throw new Error(read.error.code);
    expect([...read.value.test.pixels]).toEqual([10, 11]);
    expect([...read.value.train.pixels].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('have a test of their own where they bring one', async () => {
    const train = { 'train-images': images(12), 'train-labels': labels(12) };
    const read = await of({ ...train, 't10k-images': images(4), 't10k-labels': labels(4) });
    expect(read).toMatchObject({
      ok: true,
      value: { train: { labels: labels(12).subarray(8) }, test: { labels: labels(4).subarray(8) } },
    });
  });

  it('say what is missing', async () => {
    expect(await of({ 'train-images': images(12) })).toMatchObject({ ok: false, error: { code: 'file-incomplete' } });
    expect(await of({})).toMatchObject({ ok: false, error: { code: 'file-truncated' } });
  });
});
