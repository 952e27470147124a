/** Why a convolution cannot be applied, in PyTorch's words: each rule that `torch.nn.Conv2d` checks, in the order it checks them. */
import { channelsError, convolutionErrorCodes, rangeError } from '../convolutionErrors.ts';
import type { OperatorError, Shape } from '../operator.ts';
import { effectiveKernel } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { largestPadding, resolvePadding } from './padding.ts';

/** The codes of a convolution's errors: keys of their translations. */
export const conv2dErrorCodes = [
  ...convolutionErrorCodes,
  'same-with-stride',
  'input-channels',
  'input-empty',
  'reflect-too-large',
  'circular-too-large',
  'kernel-too-large',
] as const;
export type Conv2dErrorCode = (typeof conv2dErrorCodes)[number];

function error(
  code: Conv2dErrorCode,
  message: string,
  values: Readonly<Record<string, number | string>> = {},
): OperatorError {
  return { code, message, values };
}

/** What is wrong with the attributes alone, or null. */
export function attributeError(conv: Conv2d): OperatorError | null {
  const padding = resolvePadding(conv);
  const first = channelsError(conv, padding);
  if (first) return first;
  if (conv.padding === 'same' && conv.stride.some((s) => s !== 1))
    return error('same-with-stride', "padding='same' is not supported for strided convolutions", {
      stride: `(${conv.stride.join(', ')})`,
    });
  return rangeError(conv, padding);
}

/** What keeps the convolution (attributes valid) from being applied to an input of this shape, or null. */
export function inputError(conv: Conv2d, input: Shape): OperatorError | null {
  const [n, channels, height, width] = input;
  const { inChannels, outChannels, groups, kernelSize } = conv;
  const shown = `[${input.join(', ')}]`;
  if (channels !== inChannels) {
    const weight = [outChannels, inChannels / groups, ...kernelSize].join(', ');
    return error(
      'input-channels',
      `Given groups=${groups}, weight of size [${weight}], expected input${shown} to have ${inChannels} channels, but got ${channels} channels instead`,
      { expected: inChannels, got: channels },
    );
  }
  if (n < 1 || height < 1 || width < 1)
    return error('input-empty', `Expected a non-empty input, but got input of size: ${shown}`, { height, width });
  const padding = resolvePadding(conv);
  return (
    borderError(conv, input, 3, padding.left, padding.right) ??
    borderError(conv, input, 2, padding.top, padding.bottom) ??
    kernelError(conv, height + padding.top + padding.bottom, width + padding.left + padding.right)
  );
}

function borderError(
  conv: Conv2d,
  input: Shape,
  dimension: 2 | 3,
  before: number,
  after: number,
): OperatorError | null {
  const size = input[dimension];
  const limit = largestPadding(conv.paddingMode, size);
  if (Math.max(before, after) <= limit) return null;
  const values = { before, after, size, limit, axis: dimension === 2 ? 'h' : 'w' };
  if (conv.paddingMode === 'reflect')
    return error(
      'reflect-too-large',
      `Padding size should be less than the corresponding input dimension, but got: padding (${before}, ${after}) at dimension ${dimension} of input [${input.join(', ')}]`,
      values,
    );
  return error('circular-too-large', 'Padding value causes wrapping around more than once.', values);
}

function kernelError(conv: Conv2d, paddedHeight: number, paddedWidth: number): OperatorError | null {
  const height = effectiveKernel(conv.kernelSize[0], conv.dilation[0]);
  const width = effectiveKernel(conv.kernelSize[1], conv.dilation[1]);
  if (height <= paddedHeight && width <= paddedWidth) return null;
  return error(
    'kernel-too-large',
    `Calculated padded input size per channel: (${paddedHeight} x ${paddedWidth}). Kernel size: (${height} x ${width}). Kernel size can't be greater than actual input size`,
    { paddedHeight, paddedWidth, height, width },
  );
}
