/** How much less, or more: "−12.3 %". */
const thinSpace = '\u202f';

/** Two digits after the point below a percent; a change too small for them is not called none. */
export function changeInPercent(before: number, after: number): string {
  if (before === after) return `±0${thinSpace}%`;
  if (before === 0) return '+∞';
  const percent = (100 * (after - before)) / before;
  const size = Math.abs(percent);
  const digits = size < 0.01 ? '<0.01' : size < 1 ? size.toFixed(2) : size.toFixed(1);
  return `${percent < 0 ? '\u2212' : '+'}${digits}${thinSpace}%`;
}
