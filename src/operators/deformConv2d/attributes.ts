/** The attributes of a deformable 2-D convolution, named as in `torchvision.ops.DeformConv2d`. */
import type { Pair, PerSide } from '../operator.ts';

export interface DeformConv2d {
  readonly kind: 'deform_conv2d';
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** Zeros all round, as far as a sample's place is concerned; torchvision's are the same on both sides, ONNX's need not be. */
  readonly padding: PerSide;
  readonly dilation: Pair;
  readonly groups: number;
  readonly bias: boolean;
  /** The input's channels come in so many groups, each with offsets (and masks) of its own. */
  readonly offsetGroups: number;
  /** Version 2: a third input weighs every sample. */
  readonly hasMask: boolean;
}
