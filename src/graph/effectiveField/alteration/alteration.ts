/**
 * What changes a field: the part of a network that a unit reads, with one ingredient taken out, or put in where it has none. The altered
 * network has the same names, so that the same weights are drawn for the layers that stay, and the same unit can be asked.
 */
import type { NodeId } from '../../graph.ts';
import type { Network } from '../../price/refit.ts';

export const ingredients = ['activation', 'skip', 'dilation', 'stride', 'strideOrder', 'dropout'] as const;
export type Ingredient = (typeof ingredients)[number];

export interface Altered {
  readonly kind: 'altered';
  readonly way: 'removed' | 'added' | 'moved';
  /** How many layers were changed. */
  readonly count: number;
  readonly network: Network;
  /** Where the unit stands now: the same layer, or what it read, where the layer itself is gone. */
  readonly layer: NodeId;
  /** Whether dropout layers drop, as in training. */
  readonly drops: boolean;
}

export interface Unaltered {
  readonly kind: 'unaltered';
  /**
   * 'no-window': nothing that could be dilated; 'no-equal-shapes': no layer gives maps of the shape that it reads, so none can be skipped;
   * 'no-layer': no convolution; 'one-step': nothing to be moved behind; 'no-network': the altered layers do not fit each other.
   */
  readonly reason: 'no-window' | 'no-equal-shapes' | 'no-layer' | 'one-step' | 'no-network';
}

export type Alteration = Altered | Unaltered;

export const unaltered = (reason: Unaltered['reason']): Unaltered => ({ kind: 'unaltered', reason });
