/** The attributes of 2-D pooling, named as in `torch.nn.MaxPool2d` and `AvgPool2d`; one operator, since only the last step differs. */
import type { Pair, PerSide } from '../operator.ts';

export interface Pool2d {
  readonly kind: 'pool2d';
  readonly function: 'max' | 'average';
  readonly kernelSize: Pair;
  readonly stride: Pair;
  /** -infinity for the maximum, 0 for the average. */
  readonly padding: PerSide;
  readonly dilation: Pair;
  /** Lets the last window hang over the padded edge; a window that would start behind the input and its front padding is left out. */
  readonly ceilMode: boolean;
  /** Average alone: divide by the window's part inside the padded input, not inside the input. */
  readonly countIncludePad: boolean;
}
