/** Why a transposed convolution cannot be applied, in PyTorch's words. What all convolutions refuse stands in `../convolutionErrors.ts`. */
import { channelsError, rangeError } from '../convolutionErrors.ts';
import type { OperatorError, Shape } from '../operator.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { axisOf, outputSize } from './axis.ts';

/** What is wrong with the attributes alone, or null. */
export function attributeError(conv: ConvTranspose2d): OperatorError | null {
  const { outputPadding, padding } = conv;
  const value = outputPadding.find((number) => !Number.isSafeInteger(number));
  if (value !== undefined) {
    const message = `output_padding must be int, but got ${value}`;
    return { code: 'not-an-integer', message, values: { attribute: 'output_padding', value } };
  }
  const error = channelsError(conv, padding) ?? rangeError(conv, padding);
  if (error) return error;
  const [height, width] = outputPadding;
  if (height < 0 || width < 0)
    return {
      code: 'output-padding-negative',
      message: 'negative output_padding is not supported',
      values: { height, width },
    };
  const isTooLarge = (i: 0 | 1) => outputPadding[i] >= Math.max(conv.stride[i], conv.dilation[i]);
  if (!isTooLarge(0) && !isTooLarge(1)) return null;
  const [sh, sw] = conv.stride;
  const [dh, dw] = conv.dilation;
  return {
    code: 'output-padding-too-large',
    message: `output padding must be smaller than either stride or dilation, but got output_padding_height: ${height} output_padding_width: ${width} stride_height: ${sh} stride_width: ${sw} dilation_height: ${dh} dilation_width: ${dw}`,
    values: { height, width },
  };
}

/** What keeps the layer (attributes valid) from being applied to an input of this shape, or null. */
export function inputError(conv: ConvTranspose2d, input: Shape): OperatorError | null {
  const [n, channels, height, width] = input;
  const { inChannels, outChannels, groups, kernelSize } = conv;
  if (channels !== inChannels) {
    const weight = [inChannels, outChannels / groups, ...kernelSize].join(', ');
    return {
      code: 'input-channels',
      message: `Given transposed=1, weight of size [${weight}], expected input[${input.join(', ')}] to have ${inChannels} channels, but got ${channels} channels instead`,
      values: { expected: inChannels, got: channels },
    };
  }
  if (n < 1 || height < 1 || width < 1)
    return {
      code: 'input-empty',
      message: `Expected a non-empty input, but got input of size: [${input.join(', ')}]`,
      values: { height, width },
    };
  const rows = outputSize(axisOf(conv, 'h'), height);
  const columns = outputSize(axisOf(conv, 'w'), width);
  if (rows >= 1 && columns >= 1) return null;
  return {
    code: 'output-too-small',
    message: `Given input size per channel: (${height} x ${width}). Calculated output size per channel: (${rows} x ${columns}). Output size is too small`,
    values: { height, width },
  };
}
