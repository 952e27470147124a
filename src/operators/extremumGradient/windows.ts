/** The windows of all four axes, and for every entry the windows that cover it. */
import type { Shape } from '../operator.ts';
import { dimensions, rangeTo } from '../tensors.ts';
import type { ExtremumGradient } from './attributes.ts';

export type Lists = readonly (readonly number[])[];

export function windowsAlong({ axes }: ExtremumGradient, input: Shape): readonly Lists[] {
  return dimensions.map((axis) => axes[axis]?.windows ?? rangeTo(input[axis]).map((at) => [at]));
}

/** For every entry of an axis of `size` the windows that cover it, ascending. */
export function covering(windows: Lists, size: number): Lists {
  const lists: number[][] = rangeTo(size).map(() => []);
  windows.forEach((entries, window) => {
    for (const entry of entries) lists[entry]?.push(window);
  });
  return lists;
}
