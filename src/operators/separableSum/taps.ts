/** The taps of all four axes, those that stay as they are included. */
import type { Shape } from '../operator.ts';
import { dimensions, rangeTo } from '../tensors.ts';
import type { AxisTap, SeparableSum } from './attributes.ts';

export function tapsAlong({ axes }: SeparableSum, input: Shape): readonly (readonly (readonly AxisTap[])[])[] {
  return dimensions.map((axis) => axes[axis]?.taps ?? rangeTo(input[axis]).map((at) => [{ at, weight: 1 }]));
}
