import type { Pair, PerSide } from '../../operators/operator.ts';

/** Padding that keeps the size at stride 1: dilation x (kernel_size - 1) in all, the odd one at the bottom and right. */
export function keeping([kh, kw]: Pair, dilation = 1): PerSide {
  const [h, w] = [dilation * (kh - 1), dilation * (kw - 1)];
  return { top: Math.floor(h / 2), bottom: Math.ceil(h / 2), left: Math.floor(w / 2), right: Math.ceil(w / 2) };
}
