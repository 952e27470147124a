/** Half floats (IEEE 754 binary16) as 16 bits: 1 of sign, 5 of exponent, 10 of fraction. */

/** The bits of the half nearest to `value`, of two equally near the even one; from 65520 on infinity. */
export function halfFloat(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  // Below 2^-14 halves are 2^-24 apart; above, 1024 in each octave.
  const exponent = size < 2 ** -14 ? -14 : Math.floor(Math.log2(size));
  const steps = roundedToEven(size / 2 ** (exponent - 10));
  // 1024 steps are the leading one, which is not stored: a carry into the next octave moves the exponent up by itself.
  return sign | (steps + ((exponent + 14) << 10));
}

function roundedToEven(value: number): number {
  const whole = Math.floor(value);
  const rest = value - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
}

/** The number that 16 bits stand for, exactly. */
export function fromHalfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
