/** Whole numbers. */

/** The largest whole number that divides both (Euclid); of 0 and b it is b. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
