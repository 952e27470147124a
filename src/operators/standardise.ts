/**
 * Values brought to mean 0 and variance 1 over sets that the caller names, then scaled and shifted per channel:
 * y = (x - mean) / sqrt(variance + eps) * weight + bias.
 */
import { affineOf } from './normalisation.ts';
import type { FloatArray, HostTensor, OperatorRules, ParameterValues, Shape } from './operator.ts';
import { costWithoutMacs, elementsOf, everyElement, largerOf, only } from './tensors.ts';

/** Which set an element belongs to, and how many sets there are. */
export interface Sets {
  readonly count: number;
  readonly of: (n: number, c: number, y: number, x: number) => number;
}

interface Moments {
  readonly mean: Float64Array;
  /** 1 / sqrt(variance + eps). */
  readonly factor: Float64Array;
}

/** The mean over each set of f(value, index). */
function means(
  { shape }: { readonly shape: Shape },
  sets: Sets,
  f: (index: number, set: number) => number,
): Float64Array {
  const totals = new Float64Array(sets.count);
  everyElement(shape, (n, c, y, x, i) => {
    const set = sets.of(n, c, y, x);
    totals[set] = totals[set]! + f(i, set);
  });
  const share = sets.count / elementsOf(shape);
  return totals.map((total) => total * share);
}

function momentsOf(input: HostTensor, sets: Sets, eps: number): Moments {
  const mean = means(input, sets, (i) => input.values[i]!);
  const variance = means(input, sets, (i, set) => (input.values[i]! - mean[set]!) ** 2);
  return { mean, factor: variance.map((value) => 1 / Math.sqrt(value + eps)) };
}

/** Fills `values` with f(index, set, channel). */
function fill<A extends FloatArray>(
  shape: Shape,
  sets: Sets,
  values: A,
  f: (index: number, set: number, channel: number) => number,
): A {
  everyElement(shape, (n, c, y, x, i) => {
    values[i] = f(i, sets.of(n, c, y, x), c);
  });
  return values;
}

type Arithmetic<O extends { readonly kind: string }> = Pick<
  OperatorRules<O>,
  'parameters' | 'cost' | 'reference' | 'compute' | 'scaleFrom'
>;

/** The arithmetic of a normalisation over the sets that `setsOf` gives for a shape. */
export function standardisingRules<
  O extends { readonly kind: string; readonly eps: number; readonly numChannels: number },
>(setsOf: (operator: O, shape: Shape) => Sets): Arithmetic<O> {
  function apply<A extends FloatArray>(
    operator: O,
    input: HostTensor,
    parameters: ParameterValues | null,
    values: A,
  ): A {
    const sets = setsOf(operator, input.shape);
    const { mean, factor } = momentsOf(input, sets, operator.eps);
    const [weight, bias] = affineOf(parameters);
    return fill(
      input.shape,
      sets,
      values,
      (i, set, c) => (input.values[i]! - mean[set]!) * factor[set]! * weight[c]! + bias[c]!,
    );
  }
  return {
    parameters: ({ numChannels }) => [
      { name: 'weight', shape: [numChannels] },
      { name: 'bias', shape: [numChannels] },
    ],
    cost: (operator, inputs) => costWithoutMacs(only(inputs), 2 * operator.numChannels),
    reference: (operator, inputs, parameters) => {
      const input = only(inputs);
      const values = apply(operator, input, parameters, new Float64Array(input.values.length));
      const sets = setsOf(operator, input.shape);
      const { factor } = momentsOf(input, sets, operator.eps);
      // The mean is itself a sum of that size.
      const size = means(input, sets, (i) => Math.abs(input.values[i]!));
      const [weight, bias] = affineOf(parameters);
      const magnitude = fill(
        input.shape,
        sets,
        new Float64Array(values.length),
        (i, set, c) =>
          (Math.abs(input.values[i]!) + size[set]!) * factor[set]! * Math.abs(weight[c]!) + Math.abs(bias[c]!),
      );
      return { output: { shape: input.shape, values }, magnitude };
    },
    compute: (operator, inputs, parameters) => {
      const input = only(inputs);
      return { shape: input.shape, values: apply(operator, input, parameters, new Float32Array(input.values.length)) };
    },
    // With z the standardised value: |dy_i| <= |weight| factor (e_i + mean of e + |z_i| mean of |z| e).
    scaleFrom: (operator, { inputs, scales, own }, parameters) => {
      const input = only(inputs);
      const { values: errors } = only(scales);
      const sets = setsOf(operator, input.shape);
      const { mean, factor } = momentsOf(input, sets, operator.eps);
      const [weight] = affineOf(parameters);
      const z = (i: number, set: number) => Math.abs(input.values[i]! - mean[set]!) * factor[set]!;
      const direct = means(input, sets, (i) => errors[i]!);
      const turned = means(input, sets, (i, set) => z(i, set) * errors[i]!);
      const inherited = fill(
        input.shape,
        sets,
        new Float64Array(own.length),
        (i, set, c) => Math.abs(weight[c]!) * factor[set]! * (errors[i]! + direct[set]! + z(i, set) * turned[set]!),
      );
      return largerOf(own, inherited);
    },
  };
}
