/** Numbers of the shell as a person reads them. */

/** A time with at most three significant digits, never 0: "1.8 ms", "0.042 ms", "1.24 s". */
export function milliseconds(ms: number): string {
  return ms >= 1000 ? `${digits(ms / 1000)} s` : `${digits(ms)} ms`;
}

function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : String(Number(value.toPrecision(2)));
}
