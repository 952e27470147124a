/** Curves of training: smoothed, thinned to what a chart can show, and as SVG paths. */

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** The mean of each value and of the `window - 1` before it. */
export function smoothed(values: readonly number[], window: number): readonly number[] {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (i >= window ? (values[i - window] ?? 0) : 0);
    return sum / Math.min(i + 1, window);
  });
}

/** At most about `most` of the points, evenly taken, the first and the last always. */
export function thinned(points: readonly CurvePoint[], most: number): readonly CurvePoint[] {
  const every = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

/** Through all points that are numbers. */
export function pathOf(
  points: readonly CurvePoint[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  return points
    .filter((point) => Number.isFinite(point.y))
    .map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`)
    .join('');
}

/** From the smallest to the largest of all curves, with the widest allowed range cut off at `ceiling`; null where there is nothing. */
export function rangeOfCurves(
  curves: readonly (readonly CurvePoint[])[],
  ceiling = Number.POSITIVE_INFINITY,
): readonly [number, number] | null {
  const values = curves.flatMap((points) => points.map(({ y }) => y)).filter(Number.isFinite);
  if (values.length === 0) return null;
  const top = Math.min(
    ceiling,
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  );
  const low = values.reduce((least, value) => Math.min(least, value), top);
  return low === top ? [low - 0.05, top + 0.05] : [low, top];
}
