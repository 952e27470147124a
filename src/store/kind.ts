/**
 * The layer of another kind that Explore looks at instead of a convolution over the photo. The layer itself is a function of this, of the
 * input's size and channels (`graph/layers/kindLayer.ts`): here stand the kind, what it reads, and the attributes as they were chosen.
 */

import { type KindAttributes, newAttributes } from '../graph/layers/kindAttributes.ts';
import { type KindName, needsBank } from '../graph/layers/kinds.ts';
import type { BankName } from '../graph/weights/banks.ts';
import type { NamedFilter } from '../graph/weights/filterState.ts';
import type { ActivationName } from '../operators/activation/attributes.ts';
import type { OffsetPreset } from '../operators/deformConv2d/offsets.ts';

/** Where one tap of a deformable kernel is moved by hand, in pixels, and what weighs its sample. */
export interface MovedTap {
  readonly dy: number;
  readonly dx: number;
  readonly mask: number;
}

export type OffsetsState =
  /** A small convolution computes them from what the layer reads. */
  | { readonly by: 'convolution' }
  | { readonly by: 'preset'; readonly preset: OffsetPreset }
  /** One for each tap of each offset group, at every position the same; none left out: taps that are not named stay. */
  | { readonly by: 'hand'; readonly taps: readonly MovedTap[] };

export interface KindState {
  readonly kind: KindName;
  /** The bank of filters over the photo that the layer reads; null: the photo itself. */
  readonly bank: { readonly name: BankName; readonly channels: number } | null;
  /** As they were chosen; `fitAttributes` makes any of them valid for the input that is there. */
  readonly attributes: KindAttributes;
  /** Behind the layer. */
  readonly activation: ActivationName;
  /** Random weights (He) by seed, or one classic filter wherever the layer has a kernel. */
  readonly weights: { readonly kernel: 'random' | NamedFilter; readonly seed: number };
  /** Of a deformable layer. */
  readonly offsets: OffsetsState;
  /** The dilations of the layers that are imagined on top of a dilated one, from the lowest. */
  readonly above: readonly number[];
}

/** How many layers may be imagined on top, and the largest dilation of one. */
export const aboveLimits = { layers: 3, dilation: 9 } as const;

export const defaultSeed = 11;

/** A layer of `kind` before anything of it has been chosen; the bank and the weights of `former` stay. */
export function newKind(kind: KindName, former: KindState | null = null): KindState {
  return {
    kind,
    bank: former ? (former.bank ?? (needsBank(kind) ? firstBank : null)) : needsBank(kind) ? firstBank : null,
    attributes: newAttributes(kind, former?.attributes.outChannels),
    activation: former?.activation ?? 'none',
    weights: former?.weights ?? { kernel: 'random', seed: defaultSeed },
    offsets: former?.offsets ?? { by: 'preset', preset: { kind: 'rotate', degrees: 30 } },
    above: former?.above ?? [],
  };
}

/** What a layer reads that has just been given a bank. */
export const firstBank: NonNullable<KindState['bank']> = { name: 'gabor', channels: 16 };

/** How far a tap may be moved, in pixels. */
export const farthestOffset = 64;
