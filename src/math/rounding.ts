/**
 * Rounding for numbers that are printed as a sum. Rounded one by one, 0.33 + 0.33 + 0.33 does not make the 1.00 beside it; here the
 * parts are rounded by the method of largest remainders, so that what is printed adds up. No part moves by a whole unit or more.
 */

/**
 * One number of decimals for all of `values`, 0 to 6: three where the largest is from 0.1 to 10, as for most patches and kernels; fewer
 * for larger numbers and more for smaller ones, so that the largest has three or four significant digits.
 */
export function commonDecimals(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return 3;
  const exponent = Math.floor(Math.log10(largest));
  return Math.min(6, Math.max(0, exponent >= 0 ? 3 - exponent : 2 - exponent));
}

/** `value` in whole units of 10^-decimals, halves away from zero. */
export function toUnits(value: number, decimals: number): number {
  const units = Math.sign(value) * Math.round(Math.abs(value) * 10 ** decimals);
  // No -0: it would be printed with a sign.
  return units === 0 ? 0 : units;
}

/**
 * The parts in whole units of 10^-decimals, adding up to exactly `totalUnits`. `totalUnits` must be within parts.length units of the
 * true sum; parts with the largest remainders take the units that are left over.
 */
export function apportion(parts: readonly number[], decimals: number, totalUnits: number): number[] {
  const scaled = parts.map((part) => part * 10 ** decimals);
  const units = scaled.map(Math.floor);
  let missing = totalUnits - units.reduce((sum, unit) => sum + unit, 0);
  const byRemainder = scaled
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  // More than one turn is only needed when the total was forced away from the sum (an outer rounding).
  for (let turn = 0; missing !== 0 && parts.length > 0; turn++) {
    const order = missing > 0 ? byRemainder : byRemainder.toReversed();
    const entry = order[turn % order.length];
    if (!entry) break;
    units[entry.index] = (units[entry.index] ?? 0) + Math.sign(missing);
    missing -= Math.sign(missing);
  }
  return units.map((unit) => (unit === 0 ? 0 : unit));
}

/** Units of 10^-decimals as text with a real minus sign. */
export function printUnits(units: number, decimals: number): string {
  const size = Math.abs(units) / 10 ** decimals;
  // What is so large has no decimals, and more digits than can be read.
  const text = size < 1e7 ? size.toFixed(decimals) : size.toExponential(3).replace('+', '');
  return units < 0 ? `\u2212${text}` : text;
}
