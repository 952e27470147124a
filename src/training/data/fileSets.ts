/**
 * A data set from a person's own files: MNIST's IDX files (images and labels, to learn from and to be tested on) or CIFAR-10's binary ones,
 * packed by gzip or not, in any order. What a file is, its bytes tell; its name only whether it is of the test (`t10k`, `test`). Where no
 * file is of the test, the last sixth of each class is. Whatever is wrong with them names the file.
 */
import { bytesOfCifarImage, readCifar } from '../../formats/datasets/cifar.ts';
import { idxPart, readIdx, unpacked } from '../../formats/datasets/idx.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { type FormatError, type FormatResult, formatError } from '../../formats/formatError.ts';
import { splitOff, type TrainingSets } from './trainingSets.ts';

export interface OpenedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The network halves maps twice. */
const smallestSide = 4;

/** The same sets whatever the order of the files. */
export async function setsOfFiles(files: readonly OpenedFile[]): Promise<FormatResult<TrainingSets>> {
  if (files.length === 0) return formatError('dataset-none');
  const plain: OpenedFile[] = [];
  for (const { name, bytes } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const read = await unpacked(bytes);
    if (!read.ok) return named(name, read.error);
    plain.push({ name, bytes: read.value });
  }
  const kinds = plain.map((file) => ({ file, kind: kindOf(file) }));
  const of = (kind: Kind) => kinds.flatMap((each) => (each.kind === kind ? [each.file] : []));
  const [unknown] = of('unknown');
  if (unknown)
    return formatError(unknown.bytes.length === 0 ? 'file-truncated' : 'dataset-unknown', { name: unknown.name });
  const [cifar, idx] = [of('cifar'), [...of('images'), ...of('labels')]];
  if (cifar[0] && idx[0]) return formatError('dataset-mixed', { name: cifar[0].name, other: idx[0].name });
  const parts = cifar.length > 0 ? ofCifar(cifar) : await ofIdx(of('images'), of('labels'));
  return parts.ok ? together(parts.value, (cifar[0] ?? idx[0])?.name ?? '') : parts;
}

type Kind = 'images' | 'labels' | 'cifar' | 'unknown';

function kindOf({ name, bytes }: OpenedFile): Kind {
  // Three pixels of CIFAR-10 may look as IDX begins, its length does not.
  const isWhole = bytes.length > 0 && bytes.length % bytesOfCifarImage === 0;
  const isNamed = /\.bin$/i.test(name);
  if (isNamed && isWhole) return 'cifar';
  const part = idxPart(bytes);
  if (part) return part;
  return (isNamed && bytes.length > 0) || isWhole ? 'cifar' : 'unknown';
}

/** `test` is null where no file is of it. */
interface Parts {
  readonly train: LabelledImages;
  readonly test: LabelledImages | null;
}

const isOfTest = ({ name }: OpenedFile): boolean => /t10k|test/i.test(name);

function ofCifar(files: readonly OpenedFile[]): FormatResult<Parts> {
  for (const { name, bytes } of files) {
    if (bytes.length % bytesOfCifarImage !== 0)
      return formatError('dataset-cifar-length', { name, bytes: bytes.length });
  }
  const read = (some: readonly OpenedFile[]) => {
    const images = readCifar(some.map(({ bytes }) => bytes));
    return images.ok ? images : named(some[Number(images.error.values.file)]?.name ?? '', images.error);
  };
  const [learned, tested] = [files.filter((file) => !isOfTest(file)), files.filter(isOfTest)];
  const hasBoth = learned.length > 0 && tested.length > 0;
  const train = read(hasBoth ? learned : files);
  if (!train.ok) return train;
  if (!hasBoth) return { ok: true, value: { train: train.value, test: null } };
  const test = read(tested);
  return test.ok ? { ok: true, value: { train: train.value, test: test.value } } : test;
}

async function ofIdx(images: readonly OpenedFile[], labels: readonly OpenedFile[]): Promise<FormatResult<Parts>> {
  // One pair belongs together whatever its names say.
  const isOnePair = images.length <= 1 && labels.length <= 1;
  const partOf = async (isTest: boolean) => {
    const own = (files: readonly OpenedFile[]) =>
      isOnePair ? files : files.filter((file) => isOfTest(file) === isTest);
    return pair(own(images), own(labels));
  };
  const hasTest = !isOnePair && [...images, ...labels].some(isOfTest);
  const hasTrain = isOnePair || [...images, ...labels].some((file) => !isOfTest(file));
  const train = await partOf(!hasTrain);
  if (!train.ok) return train;
  if (!hasTest || !hasTrain) return { ok: true, value: { train: train.value, test: null } };
  const test = await partOf(true);
  return test.ok ? { ok: true, value: { train: train.value, test: test.value } } : test;
}

async function pair(
  [images, otherImages]: readonly OpenedFile[],
  [labels, otherLabels]: readonly OpenedFile[],
): Promise<FormatResult<LabelledImages>> {
  if (images && otherImages) return formatError('dataset-twice', { name: images.name, other: otherImages.name });
  if (labels && otherLabels) return formatError('dataset-twice', { name: labels.name, other: otherLabels.name });
  if (!images) return formatError('dataset-images-missing', { name: labels?.name ?? '' });
  if (!labels) return formatError('dataset-labels-missing', { name: images.name });
  const [pixels, given] = [await readIdx(images.bytes), await readIdx(labels.bytes)];
  if (!pixels.ok) return named(images.name, pixels.error);
  if (!given.ok) return named(labels.name, given.error);
  const [[count = 0, height = 0, width = 0], known = 0] = [pixels.value.shape, given.value.shape[0]];
  if (count !== known)
    return formatError('dataset-counts', { name: images.name, images: count, other: labels.name, labels: known });
  if (count === 0 || Math.min(height, width) < smallestSide)
    return formatError('dataset-small', { name: images.name, count, size: `${height} × ${width}` });
  const { values } = given.value;
  const classes = values.reduce((most, label) => Math.max(most, label + 1), 0);
  return { ok: true, value: { channels: 1, height, width, classes, pixels: pixels.value.values, labels: values } };
}

const named = (name: string, { code, values }: FormatError) => formatError(code, { ...values, name });

const sizeOf = ({ channels, height, width }: LabelledImages): string => `${channels} × ${height} × ${width}`;

/** As many classes as either has. `name`: of one of the files. */
function together({ train, test }: Parts, name: string): FormatResult<TrainingSets> {
  if (!test) {
    const parts = splitOff(train);
    const tooFew = { name, count: train.labels.length, size: `${train.height} × ${train.width}` };
    return parts.train.labels.length > 0 ? { ok: true, value: parts } : formatError('dataset-small', tooFew);
  }
  const sizes = { train: sizeOf(train), test: sizeOf(test) };
  if (sizes.train !== sizes.test) return formatError('dataset-sizes', sizes);
  const classes = Math.max(train.classes, test.classes);
  return { ok: true, value: { train: { ...train, classes }, test: { ...test, classes } } };
}
