import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';

/** At most `count` images, the first ones of every class, as many of each as of any other, in the order of the data. */
export function balanced(images: LabelledImages, count: number): LabelledImages {
  const { labels, classes, pixels } = images;
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const present = counts.filter((each) => each > 0);
  const each = Math.min(Math.max(1, Math.floor(count / present.length)), ...present);
  const taken = new Array<number>(classes).fill(0);
  const chosen = [...labels.keys()].filter((i) => {
    const label = labels[i] ?? 0;
    const place = taken[label] ?? 0;
    taken[label] = place + 1;
    return place < each;
  });
  if (chosen.length === labels.length) return images;
  const perImage = images.channels * images.height * images.width;
  const cut = new Uint8Array(chosen.length * perImage);
  for (const [to, from] of chosen.entries())
    cut.set(pixels.subarray(from * perImage, (from + 1) * perImage), to * perImage);
  return { ...images, pixels: cut, labels: Uint8Array.from(chosen, (i) => labels[i] ?? 0) };
}
