/** A histogram as the outline of an SVG path: bars that touch, from the bottom line, the highest as high as the box. */

/** `counts` in equal bins over the width; a height of its square root keeps rare values visible beside the many zeros of a ReLU. */
export function histogramPath(counts: ArrayLike<number>, width: number, height: number): string {
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i] ?? 0);
  if (most === 0) return `M0 ${height}H${width}`;
  const step = width / counts.length;
  const parts = [`M0 ${height}`];
  for (let i = 0; i < counts.length; i++) {
    const top = height - height * Math.sqrt((counts[i] ?? 0) / most);
    parts.push(`V${round(top)}H${round((i + 1) * step)}`);
  }
  parts.push(`V${height}Z`);
  return parts.join('');
}

function round(v: number): number {
  return Math.round(v * 100) / 100;
}
