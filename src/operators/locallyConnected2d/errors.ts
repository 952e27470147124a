/** Why a locally connected layer cannot be applied. PyTorch has no such layer: the sentences are those of its convolution. */
import { channelsError, rangeError } from '../convolutionErrors.ts';
import type { OperatorError, Shape } from '../operator.ts';
import { effectiveKernel } from '../window.ts';
import type { LocallyConnected2d } from './attributes.ts';
import { outputShapeOf } from './positions.ts';

export function errorOf(layer: LocallyConnected2d, input: Shape): OperatorError | null {
  const [images, channels, height, width] = input;
  const { inChannels, inputSize, padding, kernelSize, dilation } = layer;
  const conv = { ...layer, groups: 1 };
  const first = channelsError(conv, padding) ?? rangeError(conv, padding);
  if (first) return first;
  const shown = `[${input.join(', ')}]`;
  if (channels !== inChannels)
    return {
      code: 'input-channels',
      message: `expected input${shown} to have ${inChannels} channels, but got ${channels} channels instead`,
      values: { expected: inChannels, got: channels },
    };
  if (height !== inputSize[0] || width !== inputSize[1])
    return {
      code: 'input-size',
      message: `expected input${shown} to have size (${inputSize.join(' x ')}), but got (${height} x ${width}) instead`,
      values: { height: inputSize[0], width: inputSize[1] },
    };
  if (images < 1 || height < 1 || width < 1)
    return {
      code: 'input-empty',
      message: `Expected a non-empty input, but got input of size: ${shown}`,
      values: { height, width },
    };
  const [, , rows, columns] = outputShapeOf(layer, images);
  if (rows > 0 && columns > 0) return null;
  const padded = [height + padding.top + padding.bottom, width + padding.left + padding.right] as const;
  const [kh, kw] = [effectiveKernel(kernelSize[0], dilation[0]), effectiveKernel(kernelSize[1], dilation[1])];
  return {
    code: 'kernel-too-large',
    message: `Calculated padded input size per channel: (${padded.join(' x ')}). Kernel size: (${kh} x ${kw}). Kernel size can't be greater than actual input size`,
    values: { paddedHeight: padded[0], paddedWidth: padded[1], height: kh, width: kw },
  };
}
