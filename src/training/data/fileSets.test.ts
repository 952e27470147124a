/** Data sets from files as people have them: any order, packed or not; whatever is wrong is said with the file's name. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type OpenedFile, setsOfFiles } from './fileSets.ts';

const big = (count: number) => [0, 0, count >> 8, count & 255];
/** IDX of `count` images of 4 x 4, each filled with its number, and of labels 0, 1, 2, 0, ... */
const images = (count: number, side = 4) =>
  Uint8Array.of(
    ...[0, 0, 8, 3, ...big(count), ...big(side), ...big(side)],
    ...Array.from({ length: count * side * side }, (_, i) => Math.floor(i / side ** 2) % 256),
  );
const labels = (count: number) =>
  Uint8Array.of(0, 0, 8, 1, ...big(count), ...Array.from({ length: count }, (_, i) => i % 3));
/** Images of CIFAR-10 whose class is their number, filled with `value`. */
const cifar = (count: number, value: number) =>
  Uint8Array.from({ length: count * 3073 }, (_, i) => (i % 3073 === 0 ? Math.floor(i / 3073) % 10 : value));
const file = (name: string, bytes: Uint8Array): OpenedFile => ({ name, bytes });
const packed = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes));

const train = [file('train-images-idx3-ubyte', images(12)), file('train-labels-idx1-ubyte', labels(12))] as const;
const test = [file('t10k-images-idx3-ubyte', images(6)), file('t10k-labels-idx1-ubyte', labels(6))] as const;

async function setsOf(files: readonly OpenedFile[]) {
  const sets = await setsOfFiles(files);
  if (!sets.ok) throw new Error(sets.error.code);
  return sets.value;
}

describe('IDX files', () => {
  it('are images and labels to learn from and to be tested on, in any order, packed or not', async () => {
    const expected = await setsOf([...train, ...test]);
    expect(expected.train).toMatchObject({
      channels: 1,
      height: 4,
      width: 4,
      classes: 3,
      labels: labels(12).subarray(8),
    });
    expect(expected.test.labels).toEqual(labels(6).subarray(8));
    const mixed = [test[1], train[0], test[0], train[1]];
    expect(await setsOf(mixed)).toEqual(expected);
    expect(await setsOf(mixed.map(({ name, bytes }) => file(`${name}.gz`, packed(bytes))))).toEqual(expected);
  });

  it('that are one pair belong together whatever their names; the last sixth of each class tests', async () => {
    const sets = await setsOf([file('digits', labels(18)), file('scans.gz', packed(images(18)))]);
    expect([...sets.test.labels]).toEqual([0, 1, 2]);
    expect([...sets.test.pixels].filter((_, i) => i % 16 === 0)).toEqual([15, 16, 17]);
    expect(sets.train.labels).toHaveLength(15);
  });

  it('of the test alone are learned from as well', async () => {
    const sets = await setsOf([...test]);
    expect([sets.train.labels.length, sets.test.labels.length]).toEqual([3, 3]);
  });
});

describe('CIFAR-10 files', () => {
  it('are one set, and test_batch tests', async () => {
    const sets = await setsOf([
      file('test_batch.bin', cifar(10, 9)),
      file('data_batch_2.bin', cifar(20, 2)),
      file('data_batch_1.bin', cifar(10, 1)),
    ]);
    expect(sets.train).toMatchObject({ channels: 3, height: 32, width: 32, classes: 10 });
    expect([sets.train.labels.length, sets.test.labels.length]).toEqual([30, 10]);
    expect([sets.train.pixels[0], sets.train.pixels.at(-1), sets.test.pixels[0]]).toEqual([1, 2, 9]);
  });

  it('without a test give the last sixth of each class to it', async () => {
    const sets = await setsOf([file('data_batch_1.bin', cifar(60, 1))]);
    expect([sets.train.labels.length, sets.test.labels.length]).toEqual([50, 10]);
  });

  it('whose first pixels are as IDX begins are read by their length', async () => {
    const bytes = cifar(60, 0);
    bytes.set([0, 0, 8, 3]);
    expect((await setsOf([file('data_batch_1.bin', bytes)])).train.channels).toBe(3);
  });
});

describe('what is wrong is said with the name of the file', () => {
  const [trainImages, trainLabels] = train;
  it.each<[string, readonly OpenedFile[], object]>([
    ['nothing', [], { code: 'dataset-none' }],
    [
      'another magic number',
      [file('a.gz', Uint8Array.of(1, 2, 3, 4)), trainLabels],
      { code: 'dataset-unknown', values: { name: 'a.gz' } },
    ],
    [
      'an empty file',
      [file('train-images-idx3-ubyte', new Uint8Array())],
      { code: 'file-truncated', values: { name: 'train-images-idx3-ubyte' } },
    ],
    [
      'images that end early',
      [file('x', trainImages.bytes.subarray(0, 90)), trainLabels],
      { code: 'file-truncated', values: { name: 'x' } },
    ],
    [
      'labels that end early',
      [trainImages, file('y', trainLabels.bytes.subarray(0, 12))],
      { code: 'file-truncated', values: { name: 'y' } },
    ],
    [
      'a packed file that ends early',
      [file('z.gz', packed(trainImages.bytes).subarray(0, 30))],
      { code: 'file-truncated', values: { name: 'z.gz' } },
    ],
    [
      'numbers of another kind',
      [file('f', Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0)), trainImages],
      { code: 'file-unsupported', values: { name: 'f' } },
    ],
    ['images without labels', [trainImages], { code: 'dataset-labels-missing', values: { name: trainImages.name } }],
    ['labels without images', [trainLabels], { code: 'dataset-images-missing', values: { name: trainLabels.name } }],
    [
      'test images without labels',
      [...train, test[0]],
      { code: 'dataset-labels-missing', values: { name: test[0].name } },
    ],
    [
      'counts that differ',
      [trainImages, file('l', labels(11))],
      { code: 'dataset-counts', values: { name: trainImages.name, images: 12, other: 'l', labels: 11 } },
    ],
    [
      'two files of the same',
      [...train, file('train2-images', images(12))],
      { code: 'dataset-twice', values: { name: trainImages.name, other: 'train2-images' } },
    ],
    [
      'files of two data sets',
      [...train, file('data_batch_1.bin', cifar(10, 1))],
      { code: 'dataset-mixed', values: { name: 'data_batch_1.bin' } },
    ],
    [
      'a test of another size',
      [...train, file('t10k-images', images(6, 5)), test[1]],
      { code: 'dataset-sizes', values: { train: '1 × 4 × 4', test: '1 × 5 × 5' } },
    ],
    [
      'images that are too small',
      [file('i', images(12, 2)), trainLabels],
      { code: 'dataset-small', values: { name: 'i', count: 12, size: '2 × 2' } },
    ],
    [
      'one image of a class each',
      [file('i', images(3)), file('l', labels(3))],
      { code: 'dataset-small', values: { name: 'i', count: 3 } },
    ],
    [
      'half an image of CIFAR-10',
      [file('data_batch_1.bin', cifar(1, 1).subarray(0, 2000))],
      { code: 'dataset-cifar-length', values: { name: 'data_batch_1.bin', bytes: 2000 } },
    ],
    [
      'a class that CIFAR-10 has not',
      [file('data_batch_1.bin', cifar(10, 1)), file('data_batch_2.bin', cifar(1, 1).fill(11))],
      { code: 'file-malformed', values: { name: 'data_batch_2.bin' } },
    ],
  ])('%s', async (_what, files, error) => {
    expect(await setsOfFiles(files)).toMatchObject({ ok: false, error });
  });
});
