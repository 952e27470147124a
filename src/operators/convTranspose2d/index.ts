/**
 * ConvTranspose2d: y[n, o, u, v] = bias[o] + sum of weight[c, o, a, b] * x[n, c, q, r] over all c of o's group and all (q, a) and
 * (r, b) with u = q*s + a*d - p and v = r*s + b*d - p, as in `torch.nn.ConvTranspose2d`: the adjoint of the convolution with the
 * same weight, stride, padding, dilation and groups. `padding` crops the output; zeros are never read.
 */
import type { Axis, Cost, OperatorRules, ParameterSpec, ParameterValues, Shape } from '../operator.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { axisOf, overlapsOf, readersOf, readInterval, readsOf } from './axis.ts';
import { computeConvTranspose2d } from './compute.ts';
import { attributeError, inputError } from './errors.ts';
import { outputShapeOf, referenceConvTranspose2d } from './reference.ts';

/** A transposed convolution with PyTorch's defaults where nothing is said. */
export function createConvTranspose2d(
  attributes: Pick<ConvTranspose2d, 'inChannels' | 'outChannels' | 'kernelSize'> &
    Partial<Omit<ConvTranspose2d, 'kind'>>,
): ConvTranspose2d {
  return {
    kind: 'conv_transpose2d',
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    outputPadding: [0, 0],
    groups: 1,
    bias: true,
    dilation: [1, 1],
    ...attributes,
  };
}

/**
 * How many kernel taps fall on each output row or column, for an input of `size` rows or columns. The product over both axes is the
 * overlap of a pixel; where it is uneven, a smooth input comes out as a checkerboard (Odena et al., Distill 2016).
 */
export function overlaps(conv: ConvTranspose2d, axis: Axis, size: number): readonly number[] {
  return overlapsOf(axisOf(conv, axis), size);
}

function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1)
    throw new Error(`a transposed convolution reads one tensor, not ${inputs.length}`);
  return input;
}

function weightsOf(parameters: ParameterValues | null): ParameterValues {
  if (!parameters) throw new Error('a transposed convolution needs weights');
  return parameters;
}

function parameters(conv: ConvTranspose2d): readonly ParameterSpec[] {
  const { inChannels, outChannels, groups, kernelSize } = conv;
  const weight: ParameterSpec = { name: 'weight', shape: [inChannels, outChannels / groups, ...kernelSize] };
  return conv.bias ? [weight, { name: 'bias', shape: [outChannels] }] : [weight];
}

/** Counted by the input's size: every input value meets every weight of its channel. Useful are products that the crop keeps. */
function cost(conv: ConvTranspose2d, inputs: readonly Shape[]): Cost {
  const [images, channels, height, width] = only(inputs);
  const perTap = images * channels * (conv.outChannels / conv.groups);
  const kept = (axis: Axis, size: number) => overlaps(conv, axis, size).reduce((sum, count) => sum + count, 0);
  const count = ({ shape }: ParameterSpec) => shape.reduce((product, size) => product * size, 1);
  return {
    parameters: parameters(conv).reduce((sum, spec) => sum + count(spec), 0),
    macs: perTap * conv.kernelSize[0] * conv.kernelSize[1] * height * width,
    usefulMacs: perTap * kept('h', height) * kept('w', width),
    activationBytes: 4 * outputShapeOf(conv, only(inputs)).reduce((a, b) => a * b, 1),
  };
}

export const convTranspose2d: OperatorRules<ConvTranspose2d> = {
  kind: 'conv_transpose2d',
  outputShape: (conv, inputs) => {
    const error = attributeError(conv) ?? inputError(conv, only(inputs));
    return error ? { ok: false, error } : { ok: true, value: outputShapeOf(conv, only(inputs)) };
  },
  parameters,
  arity: () => 1,
  inputInterval: (conv, axis, output) => readInterval(axisOf(conv, axis), output),
  reads: (conv, axis, _size, index) => readsOf(axisOf(conv, axis), index).map(({ input }) => input),
  readers: (conv, axis, size, index) => readersOf(axisOf(conv, axis), size, index),
  cost,
  reference: (conv, inputs, values) => referenceConvTranspose2d(conv, only(inputs), weightsOf(values)),
  compute: (conv, inputs, values) => computeConvTranspose2d(conv, only(inputs), weightsOf(values)),
  scaleFrom: (conv, { scales, own }, values) => {
    const absolute = { weight: weightsOf(values).weight.map(Math.abs), bias: null };
    const inherited = referenceConvTranspose2d(conv, only(scales), absolute).output.values;
    return own.map((value, i) => value + inherited[i]!);
  },
};
