/**
 * A factor and an offset per output channel folded into the layer before them: (w x + b) s + t = (s w) x + (s b + t). Computed in
 * float64 and rounded once.
 */
import type { ParameterValues } from '../operator.ts';

/** `channelOf`: the output channel that the i-th weight belongs to. */
export function foldAffine(
  { weight, bias }: ParameterValues,
  scale: Float64Array,
  shift: Float64Array,
  channelOf: (i: number) => number,
): ParameterValues {
  return {
    weight: weight.map((value, i) => value * scale[channelOf(i)]!),
    bias: Float32Array.from(scale, (factor, c) => (bias?.[c] ?? 0) * factor + shift[c]!),
  };
}
