/**
 * The output size of one axis, worked out as a person would write it: o = ⌊(i + p₀ + p₁ − d·(k − 1) − 1) / s⌋ + 1, with every number
 * named by what it is, and the rows or columns that the floor leaves unread.
 */

import { sizeOf } from '../../../math/intervals.ts';
import { droppedCount, droppedInput, outputSize, type Window } from '../../../operators/window.ts';

export type SizeTermKind = 'input' | 'padding' | 'dilation' | 'kernel' | 'stride' | 'output';

/** A piece of the written formula; `kind` says what a number is, and is absent on the signs between. */
export interface SizeTerm {
  readonly text: string;
  readonly kind?: SizeTermKind;
}

export interface WorkedSize {
  readonly terms: readonly SizeTerm[];
  /** Rows or columns at the far end (bottom or right, padding included) that no output reads. */
  readonly dropped: number;
  /** How many of the dropped ones are the photo's own; the rest are padding. */
  readonly droppedPhoto: number;
}

export function workOutSize(window: Window): WorkedSize {
  const terms: SizeTerm[] = [
    { text: '⌊(' },
    { text: `${window.input}`, kind: 'input' },
    { text: ' + ' },
    { text: `${window.before}`, kind: 'padding' },
    { text: ' + ' },
    { text: `${window.after}`, kind: 'padding' },
    { text: ' − ' },
    { text: `${window.dilation}`, kind: 'dilation' },
    { text: '·(' },
    { text: `${window.kernel}`, kind: 'kernel' },
    { text: ' − 1) − 1) / ' },
    { text: `${window.stride}`, kind: 'stride' },
    { text: '⌋ + 1 = ' },
    { text: `${outputSize(window)}`, kind: 'output' },
  ];
  return { terms, dropped: droppedCount(window), droppedPhoto: sizeOf(droppedInput(window)) };
}
