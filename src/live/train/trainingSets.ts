/** The data that a training state names: to learn from, and to be tested on. */
import { readCifar } from '../../formats/datasets/cifar.ts';
import { looksLikeIdx, readIdxPair } from '../../formats/datasets/idx.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { type FormatResult, formatError } from '../../formats/formatError.ts';
import { hash32 } from '../../math/random.ts';
import type { OwnFile } from '../../store/ownFiles.ts';
import type { TrainState } from '../../store/train.ts';
import { cutPatches, type Photo } from '../../training/data/patches.ts';
import { drawShapes } from '../../training/data/shapes.ts';

export interface TrainingSets {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

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
      return ofFiles(files, sources);
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

/** IDX files are paired by what their names begin with; of all images the last sixth of each class is for the test. */
async function ofFiles(files: readonly OwnFile[], { bytesOf }: SetSources): Promise<FormatResult<TrainingSets>> {
  const opened: { readonly name: string; readonly bytes: Uint8Array }[] = [];
  for (const { hash, name } of files) {
    const bytes = await bytesOf(hash);
    if (!bytes) return formatError('file-not-loaded', { name });
    opened.push({ name, bytes });
  }
  if (!opened.some(({ bytes }) => looksLikeIdx(bytes))) {
    const read = readCifar(opened.map(({ bytes }) => bytes));
    return read.ok ? { ok: true, value: split(read.value) } : read;
  }
  const named = (part: string, kind: string) =>
    opened.find(({ name }) => name.includes(part) && name.includes(kind))?.bytes;
  const pair = async (part: string): Promise<FormatResult<LabelledImages>> => {
    const [images, labels] = [named(part, 'images'), named(part, 'labels')];
    return images && labels
      ? readIdxPair(images, labels, classes)
      : formatError('file-incomplete', { name: images ? 'labels' : 'images' });
  };
  const test = named('t10k', 'images') ? await pair('t10k') : null;
  const train = await pair(test ? 'train' : '');
  if (!train.ok) return train;
  if (test && !test.ok) return test;
  return { ok: true, value: test ? { train: train.value, test: test.value } : split(train.value) };
}

function split(all: LabelledImages): TrainingSets {
  const perClass = Array.from({ length: all.classes }, (): number[] => []);
  for (const [image, label] of all.labels.entries()) perClass[label]?.push(image);
  const border = (images: readonly number[]) => images.length - Math.ceil(images.length / 6);
  return {
    train: some(
      all,
      perClass.flatMap((images) => images.slice(0, border(images))),
    ),
    test: some(
      all,
      perClass.flatMap((images) => images.slice(border(images))),
    ),
  };
}

function some(all: LabelledImages, images: readonly number[]): LabelledImages {
  const perImage = all.channels * all.height * all.width;
  const pixels = new Uint8Array(images.length * perImage);
  for (const [to, from] of images.entries())
    pixels.set(all.pixels.subarray(from * perImage, (from + 1) * perImage), to * perImage);
  return { ...all, pixels, labels: Uint8Array.from(images, (image) => all.labels[image] ?? 0) };
}
