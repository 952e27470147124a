/** Numbers on canvases and legends: a real minus sign, three significant digits, never longer than seven characters. */

/** 0.817, −2.10, 12.3, 1.2e6, 3.4e−5. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size === 0) return '0';
  const digits = size < 0.001 || size >= 99_999.5 ? exponential(size) : plain(size);
  return value < 0 ? `−${digits}` : digits;
}

/** With its sign always, for the two ends of a legend. */
export function signedNumber(value: number): string {
  return value > 0 ? `+${shortNumber(value)}` : shortNumber(value);
}

/** Three decimals below 1 (as many as the value beside it), three significant digits above. */
function plain(size: number): string {
  if (size < 0.9995) return size.toFixed(3);
  if (size < 9.995) return size.toFixed(2);
  if (size < 99.95) return size.toFixed(1);
  return size.toFixed(0);
}

function exponential(size: number): string {
  return size.toExponential(1).replace('e+', 'e').replace('e-', 'e−');
}
