/** The attributes of a transposed 2-D convolution, named and ordered as in `torch.nn.ConvTranspose2d`. */
import type { Pair, PerSide } from '../operator.ts';

export interface ConvTranspose2d {
  readonly kind: 'conv_transpose2d';
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** Rows and columns cropped from each side of the output: PyTorch's are the same on both sides, ONNX's need not be. */
  readonly padding: PerSide;
  /** Rows and columns more at the bottom and right: outputs that exist and would be cropped, or, behind the last, the bias alone. */
  readonly outputPadding: Pair;
  readonly groups: number;
  readonly bias: boolean;
  readonly dilation: Pair;
}
