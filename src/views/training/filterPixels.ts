/** A filter's slice [kh, kw] at `start` of `values` as RGBA, through a table of 256 colours over -end..end. */
export function filterPixels(
  values: Float32Array,
  start: number,
  count: number,
  end: number,
  colours: Uint8Array,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * count);
  for (let i = 0; i < count; i++) {
    const share = end > 0 ? ((values[start + i] ?? 0) / end + 1) / 2 : 0.5;
    const entry = Math.max(0, Math.min(255, Math.round(255 * share)));
    rgba.set(colours.subarray(4 * entry, 4 * entry + 4), 4 * i);
  }
  return rgba;
}
