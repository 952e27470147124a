/**
 * Images of Fashion-MNIST as pictures of the network's size: grey bytes, the same in red, green and blue, brought to the size that the network reads.
 * They are those of its test file, which no network here has learned from; every class comes as often.
 */
import { readIdxPair } from '../../formats/datasets/idx.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { type FormatResult, formatError } from '../../formats/formatError.ts';
import { toTensor } from '../../formats/image/tensor.ts';
import { fitted } from '../network/effect/otherPictures.ts';
import type { Picture } from '../results.ts';
import type { ChannelsSubject } from './subject.ts';

const path = 'datasets/fashion-mnist/test-1000';
const classes = 10;

/** Never rejects. */
export async function fashionImages(
  fetchFile: (path: string) => Promise<Uint8Array>,
): Promise<FormatResult<LabelledImages>> {
  try {
    const files = [`${path}-images.idx3-ubyte.gz`, `${path}-labels.idx1-ubyte.gz`] as const;
    const [images, labels] = await Promise.all(files.map(fetchFile));
    return readIdxPair(images!, labels!, classes);
  } catch {
    return formatError('file-not-loaded', { name: 'Fashion-MNIST' });
  }
}

/** The places of `count` images, class after class in turn, so that few images too show all classes. */
export function classesInTurn({ labels }: Pick<LabelledImages, 'labels'>, count: number): readonly number[] {
  const places = Array.from({ length: classes }, (_, label) => [...labels.keys()].filter((at) => labels[at] === label));
  const rounds = Math.max(...places.map(({ length }) => length));
  const turns = Array.from({ length: rounds }, (_, round) => places.flatMap((of) => of[round] ?? []));
  return turns.flat().slice(0, count);
}

/** Image `at` of a grey set [N, 1, H, W], as a network reads a photo. */
export function pictureOfSet(
  { pixels, height, width }: LabelledImages,
  at: number,
  like: Pick<Picture, 'height' | 'width'>,
  { channels, range }: ChannelsSubject['photo'],
): Picture {
  const area = height * width;
  const rgba = new Uint8ClampedArray(4 * area);
  for (let i = 0; i < area; i++) rgba.fill(pixels[at * area + i]!, 4 * i, 4 * i + 3).fill(255, 4 * i + 3, 4 * i + 4);
  const values = toTensor(rgba, width, height, channels, range);
  const picture = { rgba, values, width, height, fullWidth: width, fullHeight: height, opaque: true };
  return fitted({ ...picture, channels: values.length / area, name: `Fashion-MNIST ${at}` }, like);
}
