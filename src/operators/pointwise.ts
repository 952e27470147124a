/** Rules that operators share whose every output position reads the same position of its inputs, and no other. */
import type { Interval } from '../math/intervals.ts';
import type { Axis } from './operator.ts';

export const pointwise = {
  inputInterval: (_operator: unknown, _axis: Axis, output: Interval): Interval => output,
  reads: (_operator: unknown, _axis: Axis, _size: number, index: number): readonly number[] => [index],
  readers: (_operator: unknown, _axis: Axis, _size: number, index: number): readonly number[] => [index],
};
