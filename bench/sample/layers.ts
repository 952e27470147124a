/** What the benchmark's libraries are asked to compute: the layers that a workload file can name, and those that networks are made of. */
import type { Activation } from '../../src/operators/activation/attributes.ts';
import type { AdaptivePool2d } from '../../src/operators/adaptivePool2d/attributes.ts';
import type { Arithmetic } from '../../src/operators/arithmetic/attributes.ts';
import type { ChannelShuffle } from '../../src/operators/channelShuffle/attributes.ts';
import type { Concat } from '../../src/operators/concat/attributes.ts';
import type { Conv2d } from '../../src/operators/conv2d/attributes.ts';
import type { ConvTranspose2d } from '../../src/operators/convTranspose2d/attributes.ts';
import type { DeformConv2d } from '../../src/operators/deformConv2d/attributes.ts';
import type { Linear } from '../../src/operators/linear/attributes.ts';
import type { LocallyConnected2d } from '../../src/operators/locallyConnected2d/attributes.ts';
import type { PerSide } from '../../src/operators/operator.ts';
import type { Pool2d } from '../../src/operators/pool2d/attributes.ts';
import type { Reshape } from '../../src/operators/reshape/attributes.ts';

/** A convolution whose padding is spelled out. */
export type BenchConv = Conv2d & { readonly padding: PerSide };

/** A layer that a workload file can name. */
export type NamedLayer = BenchConv | ConvTranspose2d | DeformConv2d | ChannelShuffle | Linear | LocallyConnected2d;

export type Rectifier = 'relu' | 'relu6';

/** What stands between the layers of a network. */
type Between =
  | (Activation & { readonly function: Rectifier })
  /** Floor mode, padding inside the window. */
  | (Pool2d & { readonly function: 'max'; readonly dilation: readonly [1, 1]; readonly ceilMode: false })
  /** The mean of each map. */
  | (AdaptivePool2d & { readonly function: 'average'; readonly outputSize: readonly [1, 1] })
  /** A residual sum, both of one shape. */
  | (Arithmetic & { readonly function: 'add' })
  | (Concat & { readonly axis: 1 })
  /** Maps to one vector: [1, C·H·W, 1, 1]. */
  | Reshape;

export type Layer = NamedLayer | Between;
