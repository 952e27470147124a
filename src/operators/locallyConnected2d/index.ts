/**
 * LocallyConnected2d: a convolution whose every output position has a kernel of its own,
 * y[n, o, u, v] = bias[o, u, v] + sum over c, a, b of weight[u * OW + v, o, (c, a, b)] * x[n, c, u*s + a*d - p, v*s + b*d - p].
 * As local as a convolution, and without its sharing: moving the image does not move the maps.
 */
import type { OperatorRules, ParameterSpec, ParameterValues } from '../operator.ts';
import { firstTap, readInterval, validTaps } from '../window.ts';
import type { LocallyConnected2d } from './attributes.ts';
import { errorOf } from './errors.ts';
import { outputShapeOf, weightsPerKernel, windowOf } from './positions.ts';
import { addPatches } from './reference.ts';

export function createLocallyConnected2d(
  attributes: Pick<LocallyConnected2d, 'inChannels' | 'outChannels' | 'inputSize' | 'kernelSize'> &
    Partial<Omit<LocallyConnected2d, 'kind'>>,
): LocallyConnected2d {
  return {
    kind: 'locally_connected2d',
    stride: [1, 1],
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
    dilation: [1, 1],
    bias: true,
    ...attributes,
  };
}

function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1)
    throw new Error(`a locally connected layer reads one tensor, not ${inputs.length}`);
  return input;
}

function weightsOf(parameters: ParameterValues | null): ParameterValues {
  if (!parameters) throw new Error('a locally connected layer needs weights');
  return parameters;
}

function parameters(layer: LocallyConnected2d): readonly ParameterSpec[] {
  const [, filters, rows, columns] = outputShapeOf(layer, 1);
  const weight: ParameterSpec = { name: 'weight', shape: [rows * columns, filters, weightsPerKernel(layer)] };
  return layer.bias ? [weight, { name: 'bias', shape: [filters, rows, columns] }] : [weight];
}

/** An array of the output's length that holds the bias of every image. */
function filled<A extends Float32Array | Float64Array>(array: A, bias: Float32Array | null): A {
  if (bias) for (let at = 0; at < array.length; at += bias.length) array.set(bias, at);
  return array;
}

export const locallyConnected2d: OperatorRules<LocallyConnected2d> = {
  kind: 'locally_connected2d',
  outputShape: (layer, inputs) => {
    const error = errorOf(layer, only(inputs));
    return error ? { ok: false, error } : { ok: true, value: outputShapeOf(layer, only(inputs)[0]) };
  },
  parameters,
  arity: () => 1,
  inputInterval: (layer, axis, output) => readInterval(windowOf(layer, axis), output),
  reads: (layer, axis, _size, index) => {
    const window = windowOf(layer, axis);
    return Array.from({ length: window.kernel }, (_, tap) => firstTap(window, index) + tap * window.dilation);
  },
  readers: (layer, axis, size, index) => {
    const outputs = outputShapeOf(layer, 1)[axis === 'h' ? 2 : 3];
    return Array.from({ length: outputs }, (_, output) => output).filter((output) =>
      locallyConnected2d.reads(layer, axis, size, output).includes(index),
    );
  },
  cost: (layer, inputs) => {
    const [images, filters, rows, columns] = outputShapeOf(layer, only(inputs)[0]);
    const count = ({ shape }: ParameterSpec) => shape.reduce((product, size) => product * size, 1);
    return {
      parameters: parameters(layer).reduce((sum, spec) => sum + count(spec), 0),
      macs: images * filters * rows * columns * weightsPerKernel(layer),
      usefulMacs:
        images * filters * layer.inChannels * validTaps(windowOf(layer, 'h')) * validTaps(windowOf(layer, 'w')),
      activationBytes: 4 * images * filters * rows * columns,
    };
  },
  reference: (layer, inputs, values) => {
    const input = only(inputs);
    const { weight, bias } = weightsOf(values);
    const shape = outputShapeOf(layer, input.shape[0]);
    const output = filled(new Float64Array(shape.reduce((a, b) => a * b, 1)), bias);
    const magnitude = output.map(Math.abs);
    addPatches(layer, input, weight, output);
    const absolute = { shape: input.shape, values: Float64Array.from(input.values, Math.abs) };
    addPatches(layer, absolute, weight.map(Math.abs), magnitude);
    return { output: { shape, values: output }, magnitude };
  },
  compute: (layer, inputs, values) => {
    const input = only(inputs);
    const { weight, bias } = weightsOf(values);
    const shape = outputShapeOf(layer, input.shape[0]);
    const output = filled(new Float32Array(shape.reduce((a, b) => a * b, 1)), bias);
    addPatches(layer, input, weight, output);
    return { shape, values: output };
  },
  scaleFrom: (layer, { scales, own }, values) => {
    const scale = own.slice();
    addPatches(layer, only(scales), weightsOf(values).weight.map(Math.abs), scale);
    return scale;
  },
};
