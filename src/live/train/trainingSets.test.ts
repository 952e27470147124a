import { describe, expect, it } from 'vitest';
import { hash32 } from '../../math/random.ts';
import type { TrainFile } from '../../store/train.ts';
import { loadTrainingSets, rememberSets, type SetSources } from './trainingSets.ts';

/** IDX of `count` images of 4 x 4 and their labels 0, 1, 0, 1, ... */
const images = (count: number) =>
  Uint8Array.of(0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 4, 0, 0, 0, 4, ...Array(16 * count).keys());
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
  const given = { images: images(12), labels: labels(12) };
  const named = (...hashes: readonly string[]) =>
    hashes.map((hash) => ({ hash, name: `train-${hash}`, use: 'data' as const }));
  const ask = (files: readonly TrainFile[]) => ({ data: 'files', files, seed: 1 }) as const;

  it('are read once while the same is asked', async () => {
    const asked: string[] = [];
    const load = rememberSets({
      ...{ fetchFile: nothing, openSample: nothing },
      bytesOf: async (hash) => {
        asked.push(hash);
        return given[hash as keyof typeof given];
      },
    });
    const first = await load(ask(named('images', 'labels')));
    expect(first).toMatchObject({ ok: true, value: { train: { height: 4, width: 4, classes: 2 } } });
    const again = await load({ ...ask(named('images', 'labels')), seed: 2 });
    expect(again).toEqual(first);
    expect(asked).toEqual(['images', 'labels']);
    expect(await load(ask(named('images')))).toMatchObject({ ok: false, error: { code: 'dataset-labels-missing' } });
  });

  it('that the browser no longer keeps are named', async () => {
    const sources: SetSources = { fetchFile: nothing, openSample: nothing, bytesOf: async () => undefined };
    expect(await loadTrainingSets(ask(named('images')), sources)).toEqual({
      ok: false,
      error: { code: 'own-file-gone', values: { name: 'train-images' } },
    });
  });
});
