/** Comparisons that tell a story, as columns over the present bank. */
import type { Column, ColumnKind } from '../../graph/layers/column.ts';
import { type CompareState, newColumn } from '../../store/compare.ts';

type Story = (compare: CompareState) => readonly Column[];

const of = (compare: CompareState, kind: ColumnKind, change: Partial<Column> = {}): Column => ({
  ...newColumn(kind, compare),
  ...change,
});

export const storyNames = ['separable', 'grouped', 'shuffled', 'dilated', 'transposed', 'spatial'] as const;
export type StoryName = (typeof storyNames)[number];

export const stories: Readonly<Record<StoryName, Story>> = {
  separable: (compare) => [of(compare, 'standard'), of(compare, 'separable')],
  grouped: (compare) => [of(compare, 'standard'), ...[2, 4, 8].map((groups) => of(compare, 'grouped', { groups }))],
  shuffled: (compare) => [of(compare, 'standard'), of(compare, 'grouped'), of(compare, 'shuffled')],
  dilated: (compare) => [of(compare, 'standard'), of(compare, 'dilated'), of(compare, 'standard', { kernelSize: 5 })],
  transposed: (compare) => [of(compare, 'transposed', { kernelSize: 3 }), of(compare, 'transposed', { kernelSize: 4 })],
  spatial: (compare) => [
    of(compare, 'standard', { kernelSize: 7 }),
    of(compare, 'spatially_separable', { kernelSize: 7 }),
  ],
};
