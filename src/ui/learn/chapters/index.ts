/** The chapters, in the order in which they are read. To add one: its name in `store/learn.ts`, a file here, its words, this list. */
import type { Chapter } from './chapter.ts';
import { choosing } from './choosing.ts';
import { context } from './context.ts';
import { correlation } from './correlation.ts';
import { cost } from './cost.ts';
import { dead } from './dead.ts';
import { expense } from './expense.ts';
import { kinds } from './kinds.ts';
import { layer } from './layer.ts';
import { locality } from './locality.ts';
import { running } from './running.ts';
import { transposed } from './transposed.ts';
import { wider } from './wider.ts';

interface Part {
  readonly part: 'basics' | 'price' | 'kinds' | 'inside';
  readonly chapters: readonly [Chapter, ...Chapter[]];
}

export const chapterParts = [
  { part: 'basics', chapters: [layer, locality, cost] },
  { part: 'price', chapters: [context, expense, dead, correlation] },
  { part: 'kinds', chapters: [kinds, wider, transposed, choosing] },
  { part: 'inside', chapters: [running] },
] as const satisfies readonly Part[];

const [first, ...others] = chapterParts;
export const chapters: readonly [Chapter, ...Chapter[]] = [
  ...first.chapters,
  ...others.flatMap(({ chapters }): readonly Chapter[] => chapters),
];
