/**
 * What "What is lost" shows: a layer, what its substitutes are fitted to, and the substitutes, each a kind and its one number. The fits
 * themselves are functions of these and of the photo (`live/compare/loss`).
 */
import type { LearnedLayerName } from '../graph/learned/names.ts';

/** 'explore': the convolution over the photo that Explore shows. */
export type LossLayerName = 'explore' | LearnedLayerName;

/** `regrouped`: grouped with its channels in the best order that is found. */
export const substituteKinds = [
  'depthwise_separable',
  'spatially_separable',
  'grouped',
  'regrouped',
  'low_rank',
  'pointwise',
  'smaller_kernel',
  'dilated',
] as const;
export type SubstituteKind = (typeof substituteKinds)[number];

export interface Substitute {
  readonly kind: SubstituteKind;
  /** depthwise multiplier, channels between, groups, rank, kernel_size or dilation; 1 for pointwise, which has none. */
  readonly size: number;
}

export interface LossState {
  readonly layer: LossLayerName;
  readonly by: 'weights' | 'responses';
  readonly substitutes: readonly Substitute[];
}

export const mostSubstitutes = 16;

export const defaultLoss: LossState = {
  layer: 'esrgan/GFF_2',
  by: 'responses',
  substitutes: [
    { kind: 'depthwise_separable', size: 1 },
    { kind: 'depthwise_separable', size: 2 },
    { kind: 'spatially_separable', size: 16 },
    { kind: 'grouped', size: 4 },
    { kind: 'regrouped', size: 4 },
    { kind: 'low_rank', size: 16 },
    { kind: 'pointwise', size: 1 },
    { kind: 'smaller_kernel', size: 2 },
    { kind: 'dilated', size: 2 },
  ],
};
