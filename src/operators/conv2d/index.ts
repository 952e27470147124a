/**
 * Conv2d: y[n, o, u, v] = bias[o] + sum over c, a, b of weight[o, c, a, b] * x[n, g + c, u*s + a*d - p, v*s + b*d - p], a
 * cross-correlation as in `torch.nn.Conv2d`; g is the first input channel of o's group. Shape, price and receptive field are
 * exact: padding of any kind, floor and groups included.
 */
import type { Cost, ParameterSpec, Shape, StructuralRules } from '../operator.ts';
import { outputSize, readInterval, validTaps } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { attributeError, inputError } from './errors.ts';
import { resolvePadding, sourceIndex, windowOf } from './padding.ts';
import { outputsReading, pixelsUnderTap, tapsOf } from './reads.ts';

export { outputsReading, pixelsUnderTap, resolvePadding, sourceIndex, tapsOf, windowOf };

/** A convolution with PyTorch's defaults where nothing is said. */
export function createConv2d(
  attributes: Pick<Conv2d, 'inChannels' | 'outChannels' | 'kernelSize'> & Partial<Omit<Conv2d, 'kind'>>,
): Conv2d {
  return {
    kind: 'conv2d',
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    groups: 1,
    bias: true,
    paddingMode: 'zeros',
    ...attributes,
  };
}

function outputShape(conv: Conv2d, inputs: readonly Shape[]): ReturnType<StructuralRules<Conv2d>['outputShape']> {
  const input = inputs[0];
  if (!input || inputs.length !== 1) throw new Error(`a convolution reads one tensor, not ${inputs.length}`);
  const error = attributeError(conv) ?? inputError(conv, input);
  if (error) return { ok: false, error };
  const [n, , height, width] = input;
  const rows = outputSize(windowOf(conv, 'h', height));
  const columns = outputSize(windowOf(conv, 'w', width));
  return { ok: true, value: [n, conv.outChannels, rows, columns] };
}

function parameters(conv: Conv2d): readonly ParameterSpec[] {
  const { inChannels, outChannels, groups, kernelSize } = conv;
  const weight: ParameterSpec = { name: 'weight', shape: [outChannels, inChannels / groups, ...kernelSize] };
  return conv.bias ? [weight, { name: 'bias', shape: [outChannels] }] : [weight];
}

function cost(conv: Conv2d, inputs: readonly Shape[]): Cost {
  const input = inputs[0];
  const shape = outputShape(conv, inputs);
  if (!input || !shape.ok) throw new Error('cost of a convolution that has no output');
  const [n, , rows, columns] = shape.value;
  const [kh, kw] = conv.kernelSize;
  // Per batch item: each of Cout filters reads Cin/g slices at V positions along each axis.
  const perTap = n * conv.outChannels * (conv.inChannels / conv.groups);
  const macs = perTap * kh * kw * rows * columns;
  const usefulMacs =
    conv.paddingMode === 'zeros'
      ? perTap * validTaps(windowOf(conv, 'h', input[2])) * validTaps(windowOf(conv, 'w', input[3]))
      : macs;
  const count = (spec: ParameterSpec) => spec.shape.reduce((product, size) => product * size, 1);
  return {
    parameters: parameters(conv).reduce((sum, spec) => sum + count(spec), 0),
    macs,
    usefulMacs,
    activationBytes: 4 * n * conv.outChannels * rows * columns,
  };
}

/** The textbook price: N(CK² + 1) parameters and C·H·W·K²·N operations. */
export interface TextbookCost {
  readonly parameters: number;
  readonly operations: number;
}

/**
 * The price as textbooks write it, with H and W of the input: no stride, no padding but 'same', no groups, always a bias. It is
 * exact for such layers, and what the exact price is compared with for all others.
 */
export function textbookCost(conv: Conv2d, input: Shape): TextbookCost {
  const kernelArea = conv.kernelSize[0] * conv.kernelSize[1];
  return {
    parameters: conv.outChannels * (conv.inChannels * kernelArea + 1),
    operations: conv.inChannels * input[2] * input[3] * kernelArea * conv.outChannels,
  };
}

export const conv2d: StructuralRules<Conv2d> = {
  kind: 'conv2d',
  outputShape,
  parameters,
  arity: () => 1,
  inputInterval: (conv, axis, output) => readInterval(windowOf(conv, axis, 0), output),
  reads: (conv, axis, _size, index) => tapsOf(conv, axis, index),
  readers: outputsReading,
  cost,
};
