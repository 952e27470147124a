/** The data that a training state names: to learn from, and to be tested on. */
import { readIdxPair } from '../../formats/datasets/idx.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { type FormatResult, formatError } from '../../formats/formatError.ts';
import { hash32 } from '../../math/random.ts';
import type { OwnFile } from '../../store/ownFiles.ts';
import { filesFor, type TrainState } from '../../store/train.ts';
import { type OpenedFile, setsOfFiles } from '../../training/data/fileSets.ts';
import { cutPatches, type Photo } from '../../training/data/patches.ts';
import { drawShapes } from '../../training/data/shapes.ts';
import type { TrainingSets } from '../../training/data/trainingSets.ts';

export interface SetSources {
  /** A file that is served with the page. Rejects where it cannot be had. */
  readonly fetchFile: (path: string) => Promise<Uint8Array>;
  readonly openSample: (name: string) => Promise<Photo>;
  readonly bytesOf: (hash: string) => Promise<Uint8Array | undefined>;
}

const classes = 10;
export const patchPhotos = [
  'allium',
  'astronaut',
  'brick',
  'cat',
  'coffee',
  'coins',
  'raccoon',
  'retina',
  'rocket',
  'text',
] as const;
/** Images of a class, to learn from and to be tested on: as many as of Fashion-MNIST. */
const each = { train: 200, test: 100 } as const;
/** Of the seed: test images are none that were learned. */
const streams = { train: 1, test: 2 } as const;

/** Rejects where something cannot be fetched. */
export async function loadTrainingSets(
  { data, files, seed }: Pick<TrainState, 'data' | 'files' | 'seed'>,
  sources: SetSources,
): Promise<FormatResult<TrainingSets>> {
  const seedOf = (part: 'train' | 'test') => hash32(seed, streams[part], 0);
  switch (data) {
    case 'fashion-mnist': {
      const [train, test] = [await fashion(sources, 'train-2000'), await fashion(sources, 'test-1000')];
      if (!train.ok) return train;
      return test.ok ? { ok: true, value: { train: train.value, test: test.value } } : test;
    }
    case 'shapes': {
      const draw = (part: 'train' | 'test') => drawShapes(classes * each[part], 28, seedOf(part));
      return { ok: true, value: { train: draw('train'), test: draw('test') } };
    }
    case 'patches': {
      const opened = await Promise.all(patchPhotos.map(sources.openSample));
      const cut = (part: 'train' | 'test') => cutPatches(opened, each[part], 32, seedOf(part), part);
      return { ok: true, value: { train: cut('train'), test: cut('test') } };
    }
    case 'files':
      return ofFiles(filesFor('data', { files }), sources);
    default:
      data satisfies never;
      throw new Error('unknown data');
  }
}

async function fashion({ fetchFile }: SetSources, part: string): Promise<FormatResult<LabelledImages>> {
  const path = `datasets/fashion-mnist/${part}`;
  const images = await fetchFile(`${path}-images.idx3-ubyte.gz`);
  return readIdxPair(images, await fetchFile(`${path}-labels.idx1-ubyte.gz`), classes);
}

async function ofFiles(files: readonly OwnFile[], { bytesOf }: SetSources): Promise<FormatResult<TrainingSets>> {
  const opened: OpenedFile[] = [];
  for (const { hash, name } of files) {
    const bytes = await bytesOf(hash);
    if (!bytes) return formatError('own-file-gone', { name });
    opened.push({ name, bytes });
  }
  return setsOfFiles(opened);
}

type Asked = Parameters<typeof loadTrainingSets>[0];

/** The same, once while the same is asked: a data set of a person's own may take seconds to unpack. */
export function rememberSets(sources: SetSources): (asked: Asked) => ReturnType<typeof loadTrainingSets> {
  let known: { readonly key: string; readonly value: TrainingSets } | null = null;
  return async (asked) => {
    const { data, files, seed } = asked;
    const key = JSON.stringify(data === 'files' ? { files } : { data, seed });
    if (known?.key === key) return { ok: true, value: known.value };
    const loaded = await loadTrainingSets(asked, sources);
    if (loaded.ok) known = { key, value: loaded.value };
    return loaded;
  };
}
