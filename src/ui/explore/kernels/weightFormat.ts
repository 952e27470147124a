/** How a weight is written, read and stepped. A true minus sign keeps columns straight; the exact number is shown on hover and focus. */

/**
 * How the weights of a filter are written whose largest is `largest` in size: all to the same decimals, two significant digits of the
 * largest. Exactly 0 is "0"; what only rounds to 0 keeps its decimals, and is "~0" where there are none.
 */
export function weightFormat(largest: number): (value: number) => string {
  const order = largest > 0 ? Math.floor(Math.log10(largest)) : 0;
  const digits =
    order < -3 || order > 3
      ? (size: number) => shortExponent(size)
      : (size: number) => size.toFixed(Math.max(0, 1 - order));
  return (value) => {
    if (value === 0) return '0';
    const text = digits(Math.abs(value));
    return text === '0' ? '~0' : signed(value, text);
  };
}

/** All that a float32 holds, as short as it can be written. */
export function exactWeight(value: number): string {
  const exact = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(exact.toPrecision(digits));
    if (Math.fround(text) === exact) return `${text}`;
  }
  return `${Number(exact.toPrecision(9))}`;
}

/** A typed number: decimal comma, a true minus sign and fractions such as 1/9 are understood; null for anything else. */
export function readWeight(text: string): number | null {
  const plain = text.trim().replaceAll('−', '-').replace(',', '.');
  const fraction = /^(-?\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)$/.exec(plain);
  const value = fraction ? Number(fraction[1]) / Number(fraction[2]) : plain === '' ? Number.NaN : Number(plain);
  return Number.isFinite(value) && Number.isFinite(Math.fround(value)) ? Math.fround(value) : null;
}

/** The step of wheel, drag and keys: a power of ten, one to two digits below the largest |w|. */
export function weightStep(largest: number): number {
  if (largest === 0) return 0.01;
  return 10 ** (Math.floor(Math.log10(largest) + 1e-6) - 1);
}

/** `value` moved by `steps`, on the grid of `step`, so that 0 is met exactly. */
export function stepWeight(value: number, steps: number, step: number): number {
  return Math.fround(Number((Math.round(value / step + steps) * step).toPrecision(6)));
}

function signed(value: number, digits: string): string {
  return value < 0 ? `−${digits}` : digits;
}

/** 3e-5: one digit and the exponent. */
function shortExponent(size: number): string {
  return size.toExponential(0).replace('+', '').replace('-', '−');
}
