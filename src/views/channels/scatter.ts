/** A scatter plot as one path of dots, with the extents of its axes. */
import { scaleLinear } from 'd3-scale';

export interface ScatterDrawing {
  readonly path: string;
  readonly x: readonly [lo: number, hi: number];
  readonly y: readonly [lo: number, hi: number];
}

export function scatterPoints(
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
  { width, height }: { readonly width: number; readonly height: number },
): ScatterDrawing {
  const [xEnds, yEnds] = [extent(x), extent(y)];
  const across = scaleLinear(xEnds, [2, width - 2]);
  const up = scaleLinear(yEnds, [height - 2, 2]);
  const dots = Array.from(x, (value, i) => `M${across(value).toFixed(1)} ${up(y[i]!).toFixed(1)}h0`);
  return { path: dots.join(''), x: xEnds, y: yEnds };
}

function extent(values: Float32Array): [number, number] {
  let [lo, hi] = [values[0] ?? 0, values[0] ?? 0];
  for (const value of values) {
    lo = Math.min(lo, value);
    hi = Math.max(hi, value);
  }
  return [lo, hi];
}
