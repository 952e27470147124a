/**
 * Which map values a canvas pixel shows: the rule that both engines' painters keep. A pixel belongs to a tile when its centre lies
 * in the tile's target. Along each axis it shows the value under its centre, or, where one canvas pixel is wider than a map pixel,
 * the mean of those whose centres it covers.
 */

/** For each canvas position along one axis, the map indices first..last-1 that it shows; none when first >= last. */
export interface AxisSamples {
  readonly start: number;
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** The samples along one axis; `origin` and `size` bound the map indices that exist. */
export function axisSamples(
  target: { readonly from: number; readonly length: number },
  source: { readonly from: number; readonly length: number },
  canvasSize: number,
  origin: number,
  size: number,
): AxisSamples {
  const start = Math.max(0, Math.ceil(target.from - 0.5));
  const end = Math.max(start, Math.min(canvasSize, Math.ceil(target.from + target.length - 0.5)));
  const first = new Int32Array(end - start);
  const last = new Int32Array(end - start);
  const step = source.length / target.length;
  for (let pixel = start; pixel < end; pixel += 1) {
    const near = source.from + (pixel - target.from) * step;
    const from = step > 1 ? Math.ceil(near - 0.5) : Math.floor(near + step / 2);
    const to = step > 1 ? Math.ceil(near + step - 0.5) : from + 1;
    first[pixel - start] = Math.max(origin, from);
    last[pixel - start] = Math.min(origin + size, to);
  }
  return { start, first, last };
}
