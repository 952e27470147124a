/** The maps that a channel shuffle moves: what the first convolution of the layer makes of an input of this size. */
import type { Layer } from '../../../graph/layers/layer.ts';
import { windowOf } from '../../../operators/conv2d/padding.ts';
import type { Pair } from '../../../operators/operator.ts';
import { outputSize } from '../../../operators/window.ts';

export interface ShuffleSizes {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly groups: number;
  /** Channels in a group. */
  readonly members: number;
}

export function shuffleSizes({ first }: Extract<Layer, { readonly kind: 'shuffled' }>, [h, w]: Pair): ShuffleSizes {
  const { outChannels: channels, groups } = first;
  const height = outputSize(windowOf(first, 'h', h));
  const width = outputSize(windowOf(first, 'w', w));
  return { height, width, channels, groups, members: channels / groups };
}
