/** PReLU: y = x above 0 and w[c] x below, w one slope per channel or one for all. */
import type { FloatArray, HostTensor, OperatorRules, ParameterValues } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs, everyElement, only } from '../tensors.ts';
import type { Prelu } from './attributes.ts';

function slopes(parameters: ParameterValues | null): (channel: number) => number {
  if (!parameters) throw new Error('PReLU has learned slopes');
  const { weight } = parameters;
  return weight.length === 1 ? () => weight[0]! : (channel) => weight[channel]!;
}

function fill<A extends FloatArray>(input: HostTensor, values: A, f: (x: number, channel: number) => number): A {
  everyElement(input.shape, (_n, c, _y, _x, i) => {
    values[i] = f(input.values[i]!, c);
  });
  return values;
}

function apply<A extends FloatArray>(input: HostTensor, parameters: ParameterValues | null, values: A): A {
  const slope = slopes(parameters);
  return fill(input, values, (x, c) => (x < 0 ? slope(c) * x : x));
}

export const prelu: OperatorRules<Prelu> = {
  kind: 'prelu',
  outputShape: ({ numParameters }, inputs) => {
    const shape = only(inputs);
    if (numParameters === 1 || numParameters === shape[1]) return { ok: true, value: shape };
    const message = `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${numParameters} and channel size = ${shape[1]}.`;
    return {
      ok: false,
      error: { code: 'prelu-channels', values: { expected: numParameters, got: shape[1] }, message },
    };
  },
  parameters: ({ numParameters }) => [{ name: 'weight', shape: [numParameters] }],
  arity: () => 1,
  ...pointwise,
  cost: ({ numParameters }, inputs) => costWithoutMacs(only(inputs), numParameters),
  reference: (_, inputs, parameters) => {
    const input = only(inputs);
    const values = apply(input, parameters, new Float64Array(input.values.length));
    return { output: { shape: input.shape, values }, magnitude: values.map(Math.abs) };
  },
  compute: (_, inputs, parameters) => {
    const input = only(inputs);
    return { shape: input.shape, values: apply(input, parameters, new Float32Array(input.values.length)) };
  },
  scaleFrom: (_, { scales, own }, parameters) => {
    const slope = slopes(parameters);
    const scale = only(scales);
    const inherited = fill(scale, new Float64Array(own.length), (x, c) => x * Math.max(1, Math.abs(slope(c))));
    return own.map((value, i) => Math.max(value, inherited[i]!));
  },
};
