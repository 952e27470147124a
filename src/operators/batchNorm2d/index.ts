/** Batch normalisation at inference: y = (x - mean) / sqrt(variance + eps) * weight + bias, per channel. */
import { affineOf, sameShape } from '../normalisation.ts';
import type { FloatArray, HostTensor, OperatorRules, ParameterValues } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs, everyElement, largerOf, only } from '../tensors.ts';
import type { BatchNorm2d } from './attributes.ts';
import { factorsOf } from './factors.ts';

/** Fills `values` with f(x, channel). */
function perChannel<A extends FloatArray>(input: HostTensor, values: A, f: (x: number, c: number) => number): A {
  everyElement(input.shape, (_n, c, _y, _x, i) => {
    values[i] = f(input.values[i]!, c);
  });
  return values;
}

function apply<A extends FloatArray>(
  norm: BatchNorm2d,
  input: HostTensor,
  parameters: ParameterValues | null,
  values: A,
): A {
  const { scale, shift } = factorsOf(norm, parameters);
  return perChannel(input, values, (x, c) => x * scale[c]! + shift[c]!);
}

export const batchNorm2d: OperatorRules<BatchNorm2d> = {
  kind: 'batch_norm2d',
  outputShape: (norm, inputs) => sameShape(inputs, norm.numFeatures),
  parameters: ({ numFeatures }) =>
    (['weight', 'bias', 'runningMean', 'runningVar'] as const).map((name) => ({ name, shape: [numFeatures] })),
  arity: () => 1,
  ...pointwise,
  // PyTorch counts the statistics as buffers, not as parameters.
  cost: (norm, inputs) => costWithoutMacs(only(inputs), 2 * norm.numFeatures),
  reference: (norm, inputs, parameters) => {
    const input = only(inputs);
    const values = apply(norm, input, parameters, new Float64Array(input.values.length));
    const { scale } = factorsOf(norm, parameters);
    const [, bias] = affineOf(parameters);
    const mean = parameters!.runningMean!;
    const magnitude = perChannel(
      input,
      new Float64Array(values.length),
      (x, c) => Math.abs(scale[c]!) * (Math.abs(x) + Math.abs(mean[c]!)) + Math.abs(bias[c]!),
    );
    return { output: { shape: input.shape, values }, magnitude };
  },
  compute: (norm, inputs, parameters) => {
    const input = only(inputs);
    return { shape: input.shape, values: apply(norm, input, parameters, new Float32Array(input.values.length)) };
  },
  scaleFrom: (norm, { scales, own }, parameters) => {
    const { scale } = factorsOf(norm, parameters);
    return largerOf(
      own,
      perChannel(only(scales), new Float64Array(own.length), (x, c) => x * Math.abs(scale[c]!)),
    );
  },
};
