/**
 * The attributes of a locally connected 2-D layer: a convolution's, named as in `torch.nn.Conv2d`, and the size of the input, since the
 * layer has a kernel of its own for every position. (Keras has it as `LocallyConnected2D`; PyTorch has none.)
 */
import type { Pair, PerSide } from '../operator.ts';

export interface LocallyConnected2d {
  readonly kind: 'locally_connected2d';
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the input. */
  readonly inputSize: Pair;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** Zeros. */
  readonly padding: PerSide;
  readonly dilation: Pair;
  readonly bias: boolean;
}
