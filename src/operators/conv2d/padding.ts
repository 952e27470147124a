/**
 * The padding of a convolution in numbers, and what the padded border copies: zeros, the mirrored input (without repeating the
 * edge), the edge, or the opposite side, as `torch.nn.Conv2d(padding_mode=...)` does.
 */
import type { Axis, PerSide } from '../operator.ts';
import { effectiveKernel, type Window } from '../window.ts';
import type { Conv2d, PaddingMode } from './attributes.ts';

/** Rows and columns added on each side, whatever `padding` says. */
export function resolvePadding(conv: Conv2d): PerSide {
  const { padding } = conv;
  if (typeof padding === 'object') return padding;
  const h = effectiveKernel(conv.kernelSize[0], conv.dilation[0]) - 1;
  const w = effectiveKernel(conv.kernelSize[1], conv.dilation[1]) - 1;
  switch (padding) {
    case 'valid':
      return { top: 0, bottom: 0, left: 0, right: 0 };
    case 'full':
      return { top: h, bottom: h, left: w, right: w };
    case 'same':
      // An odd total puts the extra row below and the extra column to the right, as PyTorch does.
      return { top: Math.floor(h / 2), bottom: Math.ceil(h / 2), left: Math.floor(w / 2), right: Math.ceil(w / 2) };
    default:
      padding satisfies never;
      throw new Error('unknown padding');
  }
}

/** The window of a convolution along one axis of an input of `size` pixels. */
export function windowOf(conv: Conv2d, axis: Axis, size: number): Window {
  const padding = resolvePadding(conv);
  const i = axis === 'h' ? 0 : 1;
  return {
    input: size,
    kernel: conv.kernelSize[i],
    stride: conv.stride[i],
    dilation: conv.dilation[i],
    before: axis === 'h' ? padding.top : padding.left,
    after: axis === 'h' ? padding.bottom : padding.right,
  };
}

/** The input pixel whose value stands at `position` along an axis of `size` pixels; null where padding is zero. */
export function sourceIndex(position: number, size: number, mode: PaddingMode): number | null {
  if (position >= 0 && position < size) return position;
  switch (mode) {
    case 'zeros':
      return null;
    case 'replicate':
      return position < 0 ? 0 : size - 1;
    case 'circular':
      return modulo(position, size);
    case 'reflect': {
      if (size === 1) return 0;
      const folded = modulo(position, 2 * (size - 1));
      return folded < size ? folded : 2 * (size - 1) - folded;
    }
    default:
      mode satisfies never;
      throw new Error('unknown padding mode');
  }
}

function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}

/** The most padding on one side that PyTorch allows: a mirror has size - 1 pixels to show, a wrap goes round once. */
export function largestPadding(mode: PaddingMode, size: number): number {
  switch (mode) {
    case 'zeros':
    case 'replicate':
      return Number.POSITIVE_INFINITY;
    case 'reflect':
      return size - 1;
    case 'circular':
      return size;
    default:
      mode satisfies never;
      throw new Error('unknown padding mode');
  }
}
