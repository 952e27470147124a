/** The chapters, in the order in which they are read. To add one: its name in `store/learn.ts`, a file here, its words, this list. */
import type { Chapter } from './chapter.ts';
import { cost } from './cost.ts';
import { layer } from './layer.ts';

interface Part {
  readonly part: 'basics' | 'price' | 'kinds' | 'inside';
  readonly chapters: readonly Chapter[];
}

export const chapterParts = [{ part: 'basics', chapters: [layer, cost] }] as const satisfies readonly Part[];

const [firstPart, ...otherParts]: readonly Part[] = chapterParts;
export const chapters: readonly [Chapter, ...Chapter[]] = [
  layer,
  ...(firstPart?.chapters.slice(1) ?? []),
  ...otherParts.flatMap((part) => part.chapters),
];
