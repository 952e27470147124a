/** Slice: y[i] = x[start + i step], axis by axis, as NumPy's x[a:b:s]. */
import type { Axis, OperatorRules, Shape } from '../operator.ts';
import type { Rearrangement } from '../programs/rearrange.ts';
import { rearrangingRules } from '../rearrangement.ts';
import { dimensionOf, dimensions, stepsOf } from '../tensors.ts';
import type { Slice } from './attributes.ts';

export function rearrangementOf({ start, count, step }: Slice, input: Shape): Rearrangement {
  const steps = stepsOf(input);
  return {
    first: dimensions.reduce<number>((sum, axis) => sum + start[axis] * steps[axis], 0),
    digits: dimensions.map((axis) => ({ size: count[axis], step: step[axis] * steps[axis] })),
  };
}

function readAt({ start, step }: Slice, axis: Axis, index: number): number {
  return start[dimensionOf(axis)] + index * step[dimensionOf(axis)];
}

export const slice: OperatorRules<Slice> = {
  kind: 'slice',
  ...rearrangingRules<Slice>({
    outputShape: ({ start, count, step }, input) => {
      const isInside = dimensions.every((axis) => {
        const last = start[axis] + (count[axis] - 1) * step[axis];
        return count[axis] > 0 && Math.min(start[axis], last) >= 0 && Math.max(start[axis], last) < input[axis];
      });
      if (isInside) return { ok: true, value: count };
      const message = `slice of ${count.join(' x ')} from ${start.join(', ')} is out of bounds for ${input.join(' x ')}`;
      return { ok: false, error: { code: 'slice-bounds', values: {}, message } };
    },
    rearrangement: rearrangementOf,
  }),
  inputInterval: (operator, axis, { lo, hi }) => {
    const [a, b] = [readAt(operator, axis, lo), readAt(operator, axis, hi)];
    return { lo: Math.min(a, b), hi: Math.max(a, b) };
  },
  reads: (operator, axis, _size, index) => [readAt(operator, axis, index)],
  readers: (operator, axis, _size, index) => {
    const output = (index - operator.start[dimensionOf(axis)]) / operator.step[dimensionOf(axis)];
    // + 0: never -0.
    return Number.isInteger(output) && output >= 0 && output < operator.count[dimensionOf(axis)] ? [output + 0] : [];
  },
};
