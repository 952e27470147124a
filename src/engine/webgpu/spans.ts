/**
 * Which map pixels a canvas pixel shows, along one axis: the one under its centre, or, where a canvas pixel is wider than a map
 * pixel, those whose centres it covers. Computed here in float64 and handed to the render pass, so that no rounding on a GPU decides
 * which pixel is seen.
 */

export interface Spans {
  /** First canvas pixel whose centre lies in the target, clipped to the canvas. */
  readonly start: number;
  /** For each canvas pixel from `start` on: first map pixel and one past the last, interleaved. */
  readonly indices: Int32Array;
}

/** `target` and `source` along one axis: canvas pixels from..from+length show map pixels from..from+length. */
export function spansOf(
  target: { readonly from: number; readonly length: number },
  source: { readonly from: number; readonly length: number },
  canvasSize: number,
): Spans {
  const start = Math.max(0, Math.ceil(target.from - 0.5));
  const end = Math.max(start, Math.min(canvasSize, Math.ceil(target.from + target.length - 0.5)));
  const indices = new Int32Array(2 * (end - start));
  const step = source.length / target.length;
  for (let pixel = start; pixel < end; pixel++) {
    const near = source.from + (pixel - target.from) * step;
    const first = step > 1 ? Math.ceil(near - 0.5) : Math.floor(near + step / 2);
    indices[2 * (pixel - start)] = first;
    indices[2 * (pixel - start) + 1] = step > 1 ? Math.ceil(near + step - 0.5) : first + 1;
  }
  return { start, indices };
}
