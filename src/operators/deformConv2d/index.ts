/**
 * DeformConv2d: y[n, o, u, v] = bias[o] + sum over c, a, b of weight[o, c, a, b] * m * x[n, g + c] at (u*s + a*d - p + dy, v*s + b*d - p
 * + dx), as in `torchvision.ops.deform_conv2d`: dy, dx and m are read from the inputs `offset` and `mask`, once for every output pixel,
 * tap and offset group. Without a mask it is version 1 (Dai et al. 2017), with one version 2 (Zhu et al. 2019).
 */
import type { Axis, Cost, OperatorRules, ParameterSpec, ParameterValues, Shape } from '../operator.ts';
import { outputSize } from '../window.ts';
import type { DeformConv2d } from './attributes.ts';
import { computeDeformConv2d } from './compute.ts';
import { attributeError, inputsError } from './errors.ts';
import { inheritedScale, referenceDeformConv2d } from './reference.ts';
import { namedInputs, outputShapeOf, windowOf } from './samples.ts';

/** A deformable convolution with torchvision's defaults where nothing is said. */
export function createDeformConv2d(
  attributes: Pick<DeformConv2d, 'inChannels' | 'outChannels' | 'kernelSize'> & Partial<Omit<DeformConv2d, 'kind'>>,
): DeformConv2d {
  return {
    kind: 'deform_conv2d',
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    groups: 1,
    bias: true,
    offsetGroups: 1,
    hasMask: false,
    ...attributes,
  };
}

function weightsOf(parameters: ParameterValues | null): ParameterValues {
  if (!parameters) throw new Error('a deformable convolution needs weights');
  return parameters;
}

function parameters(conv: DeformConv2d): readonly ParameterSpec[] {
  const { inChannels, outChannels, groups, kernelSize } = conv;
  const weight: ParameterSpec = { name: 'weight', shape: [outChannels, inChannels / groups, ...kernelSize] };
  return conv.bias ? [weight, { name: 'bias', shape: [outChannels] }] : [weight];
}

/**
 * The convolution's own multiply-adds and four for every sample of every input channel; a mask scales the four weights. The offset
 * convolution is a layer of its own. Which samples lie outside depends on the offsets, so all are called useful.
 */
function cost(conv: DeformConv2d, inputs: readonly Shape[]): Cost {
  const [images, outChannels, rows, columns] = outputShapeOf(conv, namedInputs(conv, inputs).x);
  const samples = images * conv.kernelSize[0] * conv.kernelSize[1] * rows * columns;
  const macs = samples * conv.inChannels * (outChannels / conv.groups + 4);
  const count = ({ shape }: ParameterSpec) => shape.reduce((product, size) => product * size, 1);
  return {
    parameters: parameters(conv).reduce((sum, spec) => sum + count(spec), 0),
    macs,
    usefulMacs: macs,
    activationBytes: 4 * images * outChannels * rows * columns,
  };
}

const range = (length: number): readonly number[] => Array.from({ length }, (_, i) => i);

/** The offsets and the mask are read where the output stands; x anywhere, since offsets may point everywhere. */
const isWhole = (input: number) => input === 0;

export const deformConv2d: OperatorRules<DeformConv2d> = {
  kind: 'deform_conv2d',
  outputShape: (conv, inputs) => {
    const named = namedInputs(conv, inputs);
    const error = attributeError(conv) ?? inputsError(conv, named);
    return error ? { ok: false, error } : { ok: true, value: outputShapeOf(conv, named.x) };
  },
  parameters,
  arity: (conv) => (conv.hasMask ? 3 : 2),
  inputInterval: (_conv, _axis, output, size, input = 0) => (isWhole(input) ? { lo: 0, hi: size - 1 } : output),
  reads: (_conv, _axis, size, index, input = 0) => (isWhole(input) ? range(size) : [index]),
  readers: (conv, axis: Axis, size, index, input = 0) =>
    isWhole(input) ? range(outputSize(windowOf(conv, axis, size))) : [index],
  cost,
  reference: (conv, inputs, values) => referenceDeformConv2d(conv, namedInputs(conv, inputs), weightsOf(values)),
  compute: (conv, inputs, values) => computeDeformConv2d(conv, namedInputs(conv, inputs), weightsOf(values)),
  scaleFrom: (conv, { inputs, scales, own }, values) => {
    const { weight } = weightsOf(values);
    const inherited = inheritedScale(conv, namedInputs(conv, inputs), namedInputs(conv, scales), weight);
    return own.map((value, i) => value + inherited[i]!);
  },
};
