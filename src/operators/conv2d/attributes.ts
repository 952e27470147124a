/** The attributes of a 2-D convolution, named and ordered as in `torch.nn.Conv2d`. */
import type { Pair, PerSide } from '../operator.ts';

export const paddingModes = ['zeros', 'reflect', 'replicate', 'circular'] as const;
export type PaddingMode = (typeof paddingModes)[number];

/**
 * `'valid'` is 0 on every side. `'same'` keeps the size (stride 1 only, as in PyTorch; the odd row or column goes to the
 * bottom or right). `'full'` is dilation x (kernel_size - 1) on every side: each output that overlaps the input at all.
 */
export type Padding = PerSide | 'same' | 'valid' | 'full';

export interface Conv2d {
  readonly kind: 'conv2d';
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly padding: Padding;
  readonly dilation: Pair;
  readonly groups: number;
  readonly bias: boolean;
  readonly paddingMode: PaddingMode;
}
