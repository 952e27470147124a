/** Labelled images to learn from, and others to be tested on. */
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';

export interface TrainingSets {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** The last sixth of each class, rounded up, is for the test. */
export function splitOff(all: LabelledImages): TrainingSets {
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
