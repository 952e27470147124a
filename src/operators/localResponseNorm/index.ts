/**
 * Local response normalisation: y[c] = x[c] / (k + alpha / size * sum of x[j]^2)^beta over the `size` channels j around c at the same
 * pixel; channels that do not exist count as 0.
 */
import type { FloatArray, HostTensor, OperatorRules } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs, everyElement, largerOf, only } from '../tensors.ts';
import type { LocalResponseNorm } from './attributes.ts';

/** PyTorch's layer and its defaults. */
export function createLocalResponseNorm(
  attributes: Pick<LocalResponseNorm, 'size'> & Partial<Omit<LocalResponseNorm, 'kind'>>,
): LocalResponseNorm {
  const channelsBefore = Math.floor(attributes.size / 2);
  return { kind: 'local_response_norm', alpha: 1e-4, beta: 0.75, k: 1, channelsBefore, ...attributes };
}

/** Fills `values` with f(index, denominator before its power, sum over the window of |x_j| other_j). */
function overWindows<A extends FloatArray>(
  norm: LocalResponseNorm,
  input: HostTensor,
  other: FloatArray,
  values: A,
  f: (index: number, base: number, cross: number) => number,
): A {
  const [, channels, height, width] = input.shape;
  const plane = height * width;
  everyElement(input.shape, (_n, c, _y, _x, i) => {
    const first = Math.max(0, c - norm.channelsBefore);
    const end = Math.min(channels, c - norm.channelsBefore + norm.size);
    let squares = 0;
    let cross = 0;
    for (let j = first; j < end; j++) {
      const at = i + (j - c) * plane;
      squares += input.values[at]! ** 2;
      cross += Math.abs(input.values[at]!) * other[at]!;
    }
    values[i] = f(i, norm.k + (norm.alpha / norm.size) * squares, cross);
  });
  return values;
}

function apply<A extends FloatArray>(norm: LocalResponseNorm, input: HostTensor, values: A): A {
  return overWindows(norm, input, input.values, values, (i, base) => input.values[i]! * base ** -norm.beta);
}

export const localResponseNorm: OperatorRules<LocalResponseNorm> = {
  kind: 'local_response_norm',
  outputShape: (_, inputs) => ({ ok: true, value: only(inputs) }),
  parameters: () => [],
  arity: () => 1,
  ...pointwise,
  cost: (_, inputs) => costWithoutMacs(only(inputs)),
  reference: (norm, inputs) => {
    const input = only(inputs);
    const values = apply(norm, input, new Float64Array(input.values.length));
    return { output: { shape: input.shape, values }, magnitude: values.map(Math.abs) };
  },
  compute: (norm, inputs) => {
    const input = only(inputs);
    return { shape: input.shape, values: apply(norm, input, new Float32Array(input.values.length)) };
  },
  // |dy_i| <= d^-beta e_i + |y_i| 2 alpha beta / (size d) sum of |x_j| e_j.
  scaleFrom: (norm, { inputs, scales, own }) => {
    const input = only(inputs);
    const { values: errors } = only(scales);
    const inherited = overWindows(norm, input, errors, new Float64Array(own.length), (i, base, cross) => {
      const factor = base ** -norm.beta;
      const turned = (2 * norm.alpha * norm.beta * cross) / (norm.size * base);
      return factor * (errors[i]! + Math.abs(input.values[i]!) * turned);
    });
    return largerOf(own, inherited);
  },
};
