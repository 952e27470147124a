/**
 * Linear: y[n, o] = bias[o] + sum over c of weight[o, c] * x[n, c], as in `torch.nn.Linear`, on maps of one pixel: every input affects
 * every output. It is a 1 x 1 convolution of that pixel, and the CPU engine computes it as one (`../convolutionOf.ts`).
 */
import type { FloatArray, HostTensor, OperatorError, OperatorRules, ParameterValues, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import type { Linear } from './attributes.ts';

/** A fully connected layer with PyTorch's defaults where nothing is said. */
export function createLinear(
  attributes: Pick<Linear, 'inFeatures' | 'outFeatures'> & Partial<Omit<Linear, 'kind'>>,
): Linear {
  return { kind: 'linear', bias: true, ...attributes };
}

function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1)
    throw new Error(`a fully connected layer reads one tensor, not ${inputs.length}`);
  return input;
}

function weightsOf(parameters: ParameterValues | null): ParameterValues {
  if (!parameters) throw new Error('a fully connected layer needs weights');
  return parameters;
}

function errorOf({ inFeatures, outFeatures }: Linear, [images, channels, height, width]: Shape): OperatorError | null {
  for (const [attribute, value] of [
    ['in_features', inFeatures],
    ['out_features', outFeatures],
  ] as const) {
    if (!Number.isSafeInteger(value))
      return {
        code: 'not-an-integer',
        message: `${attribute} must be int, but got ${value}`,
        values: { attribute, value },
      };
    if (value < 1)
      return {
        code: 'features-not-positive',
        message: `${attribute} must be a positive integer`,
        values: { attribute, value },
      };
  }
  const isFlat = height === 1 && width === 1;
  if (isFlat && channels === inFeatures) return null;
  // PyTorch's Linear multiplies along the last axis: of flattened maps that is the features, of others the columns.
  const rows = isFlat ? `${images}x${channels}` : `${images * channels * height}x${width}`;
  return {
    code: isFlat ? 'input-channels' : 'input-not-flat',
    message: `mat1 and mat2 shapes cannot be multiplied (${rows} and ${inFeatures}x${outFeatures})`,
    values: { expected: inFeatures, got: channels * height * width },
  };
}

/** weight times every image of the input, onto what `output` holds. */
function multiply({ inFeatures, outFeatures }: Linear, x: FloatArray, weight: FloatArray, output: Float64Array): void {
  for (let at = 0; at < output.length; at++) {
    const row = (at % outFeatures) * inFeatures;
    const image = Math.floor(at / outFeatures) * inFeatures;
    let sum = output[at]!;
    for (let c = 0; c < inFeatures; c++) sum += weight[row + c]! * x[image + c]!;
    output[at] = sum;
  }
}

function shapeOf(layer: Linear, [images]: Shape): Shape {
  return [images, layer.outFeatures, 1, 1];
}

/** The bias of every output. */
function biases(layer: Linear, images: number, bias: Float32Array | null): Float64Array {
  return Float64Array.from({ length: images * layer.outFeatures }, (_, at) => bias?.[at % layer.outFeatures] ?? 0);
}

export const linear: OperatorRules<Linear> = {
  kind: 'linear',
  outputShape: (layer, inputs) => {
    const error = errorOf(layer, only(inputs));
    return error ? { ok: false, error } : { ok: true, value: shapeOf(layer, only(inputs)) };
  },
  parameters: ({ inFeatures, outFeatures, bias }) => [
    { name: 'weight', shape: [outFeatures, inFeatures] },
    ...(bias ? [{ name: 'bias' as const, shape: [outFeatures] }] : []),
  ],
  arity: () => 1,
  ...pointwise,
  cost: ({ inFeatures, outFeatures, bias }, inputs) => {
    const [images] = only(inputs);
    const macs = images * inFeatures * outFeatures;
    const parameters = inFeatures * outFeatures + (bias ? outFeatures : 0);
    return { parameters, macs, usefulMacs: macs, activationBytes: 4 * images * outFeatures };
  },
  reference: (layer, inputs, values) => {
    const { shape, values: x }: HostTensor = only(inputs);
    const { weight, bias } = weightsOf(values);
    const output = biases(layer, shape[0], bias);
    const magnitude = output.map(Math.abs);
    multiply(layer, x, weight, output);
    multiply(layer, x.map(Math.abs), weight.map(Math.abs), magnitude);
    return { output: { shape: shapeOf(layer, shape), values: output }, magnitude };
  },
  compute: (layer, inputs, values) => {
    const { shape, values: x } = only(inputs);
    const { weight, bias } = weightsOf(values);
    const output = biases(layer, shape[0], bias);
    multiply(layer, x, weight, output);
    return { shape: shapeOf(layer, shape), values: Float32Array.from(output) };
  },
  scaleFrom: (layer, { scales, own }, values) => {
    const scale = own.slice();
    multiply(layer, only(scales).values, weightsOf(values).weight.map(Math.abs), scale);
    return scale;
  },
};
