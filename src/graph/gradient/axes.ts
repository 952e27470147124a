/**
 * The operators that are weighted sums along every axis by itself (means, resizing, padding, parts) as lists of taps, and their adjoints:
 * the same taps, asked by the input's entries.
 */
import type { AdaptivePool2d } from '../../operators/adaptivePool2d/attributes.ts';
import { adaptivePool2d } from '../../operators/adaptivePool2d/index.ts';
import type { ExtremumGradient } from '../../operators/extremumGradient/attributes.ts';
import type { Axis, Shape } from '../../operators/operator.ts';
import type { Pad } from '../../operators/pad/attributes.ts';
import { mapped } from '../../operators/pad/index.ts';
import type { Pool2d } from '../../operators/pool2d/attributes.ts';
import { pool2d } from '../../operators/pool2d/index.ts';
import { positions } from '../../operators/pool2d/positions.ts';
import type { Reduce } from '../../operators/reduce/attributes.ts';
import type { Resize } from '../../operators/resize/attributes.ts';
import { tapsOf } from '../../operators/resize/taps.ts';
import type { AxisSums, AxisTap, SeparableSum } from '../../operators/separableSum/attributes.ts';
import type { Slice } from '../../operators/slice/attributes.ts';
import { dimensions, rangeTo } from '../../operators/tensors.ts';

type Axes<T> = readonly [T | null, T | null, T | null, T | null];

const along = (axis: Axis, shape: Shape) => shape[axis === 'h' ? 2 : 3];

/** y = M x along an axis of `size` becomes x = Mᵀ y. */
export function transposed({ size, taps }: AxisSums): AxisSums {
  const lists: AxisTap[][] = rangeTo(size).map(() => []);
  taps.forEach((entries, output) => {
    for (const { at, weight } of entries) if (weight !== 0) lists[at]!.push({ at: output, weight });
  });
  return { size: taps.length, taps: lists };
}

export function adjointOf([n, c, h, w]: Axes<AxisSums>): SeparableSum {
  const back = (axis: AxisSums | null) => axis && transposed(axis);
  return { kind: 'separable_sum', axes: [back(n), back(c), back(h), back(w)] };
}

/** Entries that copy one entry each of an axis of `size`, or (null) none. */
export function copies(size: number, sources: readonly (number | null)[]): AxisSums {
  return { size, taps: sources.map((at) => (at === null ? [] : [{ at, weight: 1 }])) };
}

export function sumsOfPad(pad: Pad, input: Shape): Axes<AxisSums> {
  return dimensions.map((axis) => {
    const [before, after] = [pad.before[axis], pad.after[axis]];
    if (before === 0 && after === 0) return null;
    const size = input[axis];
    return copies(
      size,
      rangeTo(size + before + after).map((at) => mapped(at - before, size, pad.mode)),
    );
  }) as unknown as Axes<AxisSums>;
}

export function sumsOfSlice({ start, count, step }: Slice, input: Shape): Axes<AxisSums> {
  return dimensions.map((axis) =>
    copies(
      input[axis],
      rangeTo(count[axis]).map((i) => start[axis] + i * step[axis]),
    ),
  ) as unknown as Axes<AxisSums>;
}

/** Sums and means over whole axes. */
export function sumsOfReduce({ function: name, axes }: Reduce, input: Shape): Axes<AxisSums> {
  return dimensions.map((axis) => {
    if (!axes.includes(axis)) return null;
    const size = input[axis];
    const weight = name === 'mean' ? 1 / size : 1;
    return { size, taps: [rangeTo(size).map((at) => ({ at, weight }))] };
  }) as unknown as Axes<AxisSums>;
}

/** The pixels of the input along one axis that every window covers. */
function windowsOf(pool: Pool2d | AdaptivePool2d, axis: Axis, input: Shape): readonly (readonly number[])[] {
  const size = along(axis, input);
  if (pool.kind === 'adaptive_pool2d')
    return rangeTo(pool.outputSize[axis === 'h' ? 0 : 1]).map((i) => adaptivePool2d.reads(pool, axis, size, i));
  return rangeTo(positions(pool, axis, size)).map((i) =>
    pool2d.reads(pool, axis, size, i).filter((at) => at >= 0 && at < size),
  );
}

/** What a window along one axis is divided by: the product of both axes' counts is the window's. */
function countOf(pool: Pool2d | AdaptivePool2d, axis: Axis, size: number, window: number, inside: number): number {
  if (pool.kind === 'adaptive_pool2d' || !pool.countIncludePad) return inside;
  const after = axis === 'h' ? pool.padding.bottom : pool.padding.right;
  return pool2d.reads(pool, axis, size, window).filter((at) => at < size + after).length;
}

export function sumsOfMeans(pool: Pool2d | AdaptivePool2d, input: Shape): Axes<AxisSums> {
  const sums = (axis: Axis): AxisSums => {
    const size = along(axis, input);
    const taps = windowsOf(pool, axis, input).map((pixels, window) => {
      const weight = 1 / countOf(pool, axis, size, window, pixels.length);
      return pixels.map((at) => ({ at, weight }));
    });
    return { size, taps };
  };
  return [null, null, sums('h'), sums('w')];
}

export function sumsOfResize(resize: Resize, [, , height, width]: Shape): Axes<AxisSums> {
  const sums = (axis: 0 | 1, size: number): AxisSums => {
    const { count, at, weights } = tapsOf(resize, axis, size);
    const taps = rangeTo(at.length / count).map((i) =>
      rangeTo(count).map((k) => ({ at: at[i * count + k]!, weight: weights[i * count + k]! })),
    );
    return { size, taps };
  };
  return [null, null, sums(0, height), sums(1, width)];
}

/** Back through the maximum of windows. */
export function gradientOfMaximum(pool: Pool2d | AdaptivePool2d, input: Shape): ExtremumGradient {
  const [h, w] = (['h', 'w'] as const).map((axis) => ({
    size: along(axis, input),
    windows: windowsOf(pool, axis, input),
  })) as [ExtremumGradient['axes'][2], ExtremumGradient['axes'][3]];
  return { kind: 'extremum_gradient', extremum: 'max', axes: [null, null, h, w] };
}

export function gradientOfExtremum(extremum: 'max' | 'min', { axes }: Reduce, input: Shape): ExtremumGradient {
  const [n, c, h, w] = dimensions.map((axis) =>
    axes.includes(axis) ? { size: input[axis], windows: [rangeTo(input[axis])] } : null,
  ) as unknown as ExtremumGradient['axes'];
  return { kind: 'extremum_gradient', extremum, axes: [n, c, h, w] };
}
