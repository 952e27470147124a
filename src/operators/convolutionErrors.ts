/** What `torch.nn`'s convolutions of every kind refuse alike, in PyTorch's words and in the order in which it checks. */
import type { OperatorError, Pair, PerSide } from './operator.ts';

export const convolutionErrorCodes = [
  'not-an-integer',
  'in-channels-not-positive',
  'out-channels-not-positive',
  'groups-not-positive',
  'in-channels-not-divisible',
  'out-channels-not-divisible',
  'kernel-not-positive',
  'stride-not-positive',
  'dilation-not-positive',
  'padding-negative',
] as const;
export type ConvolutionErrorCode = (typeof convolutionErrorCodes)[number];

interface Layer {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}

function error(
  code: ConvolutionErrorCode,
  message: string,
  values: Readonly<Record<string, number | string>> = {},
): OperatorError {
  return { code, message, values };
}

/** What PyTorch refuses when the layer is made: numbers that are not whole, channels and groups that do not fit. */
export function channelsError(layer: Layer, padding: PerSide): OperatorError | null {
  const { inChannels, outChannels, groups, kernelSize, stride, dilation } = layer;
  const numbers: readonly (readonly [string, number])[] = [
    ['in_channels', inChannels],
    ['out_channels', outChannels],
    ['groups', groups],
    ...kernelSize.map((k) => ['kernel_size', k] as const),
    ...stride.map((s) => ['stride', s] as const),
    ...dilation.map((d) => ['dilation', d] as const),
    ...Object.values(padding).map((p: number) => ['padding', p] as const),
  ];
  for (const [attribute, value] of numbers) {
    if (!Number.isSafeInteger(value))
      return error('not-an-integer', `${attribute} must be int, but got ${value}`, { attribute, value });
  }
  if (groups <= 0) return error('groups-not-positive', 'groups must be a positive integer', { groups });
  if (inChannels <= 0)
    return error('in-channels-not-positive', 'in_channels must be a positive integer', { inChannels });
  if (outChannels <= 0)
    return error('out-channels-not-positive', 'out_channels must be a positive integer', { outChannels });
  if (inChannels % groups !== 0)
    return error('in-channels-not-divisible', 'in_channels must be divisible by groups', { inChannels, groups });
  if (outChannels % groups !== 0)
    return error('out-channels-not-divisible', 'out_channels must be divisible by groups', { outChannels, groups });
  return null;
}

/** What PyTorch refuses when the layer is applied, whatever the input: kernels, strides, dilations and paddings out of range. */
export function rangeError({ kernelSize, stride, dilation }: Layer, padding: PerSide): OperatorError | null {
  if (kernelSize.some((k) => k <= 0))
    return error(
      'kernel-not-positive',
      `kernel size should be greater than zero, but got kernel_height: ${kernelSize[0]} kernel_width: ${kernelSize[1]}`,
      { height: kernelSize[0], width: kernelSize[1] },
    );
  if (stride.some((s) => s <= 0))
    return error('stride-not-positive', 'non-positive stride is not supported', {
      height: stride[0],
      width: stride[1],
    });
  if (dilation.some((d) => d <= 0))
    return error('dilation-not-positive', 'dilation should be greater than zero', {
      height: dilation[0],
      width: dilation[1],
    });
  if (Object.values(padding).some((p: number) => p < 0))
    return error('padding-negative', 'negative padding is not supported', { ...padding });
  return null;
}
