/** Pictures of other sizes with the sides in the same ratio. */

/** Rows and columns where the longer side has `longest` pixels; the other is rounded, and never empty. */
export function sidesAt(longest: number, [height, width]: readonly [number, number]): readonly [number, number] {
  const scale = longest / Math.max(height, width);
  return [Math.max(1, Math.round(height * scale)), Math.max(1, Math.round(width * scale))];
}
