/** Comparisons that tell a story, as columns over the present bank, each with one sentence about what to look at (`stories` and `look`). */
import type { Column, ColumnKind } from '../../graph/layers/column.ts';
import { type CompareState, newColumn } from '../../store/compare.ts';

type Story = (compare: CompareState) => readonly Column[];

const of = (compare: CompareState, kind: ColumnKind, change: Partial<Column> = {}): Column => ({
  ...newColumn(kind, compare),
  ...change,
});

export const storyNames = [
  'kinds',
  'separable',
  'stack',
  'grouped',
  'shuffled',
  'dilated',
  'spatial',
  'pooled',
  'transposed',
  'blocks',
] as const;
export type StoryName = (typeof storyNames)[number];

export const stories: Readonly<Record<StoryName, Story>> = {
  kinds: (compare) => (['standard', 'separable', 'grouped', 'dilated'] as const).map((kind) => of(compare, kind)),
  separable: (compare) => [of(compare, 'standard'), of(compare, 'separable')],
  stack: (compare) => [of(compare, 'standard', { kernelSize: 7 }), of(compare, 'stack')],
  grouped: (compare) => [of(compare, 'standard'), ...[2, 4, 8].map((groups) => of(compare, 'grouped', { groups }))],
  shuffled: (compare) => [of(compare, 'standard'), of(compare, 'grouped'), of(compare, 'shuffled')],
  dilated: (compare) => [of(compare, 'standard'), of(compare, 'dilated'), of(compare, 'standard', { kernelSize: 5 })],
  spatial: (compare) => [
    of(compare, 'standard', { kernelSize: 7 }),
    of(compare, 'spatially_separable', { kernelSize: 7 }),
  ],
  pooled: (compare) => [of(compare, 'standard', { stride: 2 }), of(compare, 'pooled')],
  transposed: (compare) => [
    of(compare, 'transposed', { kernelSize: 3 }),
    of(compare, 'transposed', { kernelSize: 4 }),
    of(compare, 'resize_convolve'),
  ],
  blocks: (compare) => [of(compare, 'vgg_block'), of(compare, 'mobilenet_block')],
};

/** The story that the present columns tell; null: a person's own. */
export function storyOf(compare: CompareState): StoryName | null {
  const told = JSON.stringify(compare.columns);
  return storyNames.find((name) => JSON.stringify(stories[name](compare)) === told) ?? null;
}
