/**
 * A layer as a person writes it: one of the kinds of convolution, each made of one operator of the engine or of a short chain of them
 * (`layerNodes.ts`). Grouped, depthwise, pointwise and dilated convolutions are standard ones with other attributes.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import type { Linear } from '../../operators/linear/attributes.ts';
import type { LocallyConnected2d } from '../../operators/locallyConnected2d/attributes.ts';

export type Layer =
  | { readonly kind: 'standard'; readonly conv: Conv2d }
  /** A spatial filter (or `depth multiplier` of them) for each channel, then a 1 x 1 convolution that mixes the channels. */
  | {
      readonly kind: 'separable';
      readonly depthwise: Conv2d;
      readonly between: ActivationName;
      readonly pointwise: Conv2d;
    }
  /** k x 1 to the middle channels, then 1 x k. */
  | { readonly kind: 'spatially_separable'; readonly vertical: Conv2d; readonly horizontal: Conv2d }
  | { readonly kind: 'transposed'; readonly conv: ConvTranspose2d }
  /** `offsets` computes 2 (version 1) or 3 (version 2: and a mask) numbers for each tap, group of offsets and position. */
  | { readonly kind: 'deformable'; readonly conv: DeformConv2d; readonly offsets: Conv2d }
  /** ShuffleNet: two grouped convolutions with the channels shuffled in between. */
  | { readonly kind: 'shuffled'; readonly first: Conv2d; readonly second: Conv2d }
  /** Every value of every channel to every output. */
  | { readonly kind: 'linear'; readonly linear: Linear }
  | { readonly kind: 'locally_connected'; readonly local: LocallyConnected2d };

export type LayerKind = Layer['kind'];

export const layerKinds = [
  'standard',
  'separable',
  'spatially_separable',
  'transposed',
  'deformable',
  'shuffled',
  'linear',
  'locally_connected',
] as const satisfies readonly LayerKind[];
