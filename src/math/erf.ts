/**
 * The error function erf(x) = 2/√π ∫₀ˣ e^(-t²) dt. Up to 1.5 the series erf(x) = 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose
 * terms are all positive, so nothing cancels; beyond, the continued fraction of erfc (Abramowitz & Stegun 7.1.6 and 7.1.14).
 * Both to about 1e-15, relative; `erfcFast` is a table for use in loops.
 */

const twoOverRootPi = 2 / Math.sqrt(Math.PI);
const seriesEnd = 1.5;

/** erf(x) to about 1e-15. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a <= seriesEnd) return Math.sign(x) * series(a);
  return Math.sign(x) * (1 - fraction(a));
}

/** erfc(x) = 1 - erf(x), keeping its relative precision (about 1e-14) where it is small. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > seriesEnd) return fraction(x);
  if (x < -seriesEnd) return 2 - fraction(-x);
  return 1 - erf(x);
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return twoOverRootPi * Math.exp(-x * x) * sum;
}

/** erfc(x) for x > 1.5: e^(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))), from the inside out. */
function fraction(x: number): number {
  if (x > 27.3) return 0;
  let tail = x;
  for (let n = 80; n > 0; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}

const perUnit = 64;
const tableEnd = 6;
let table: { readonly values: Float64Array; readonly slopes: Float64Array } | null = null;

function erfcTable(): { readonly values: Float64Array; readonly slopes: Float64Array } {
  if (table) return table;
  const length = 2 * tableEnd * perUnit + 1;
  const values = new Float64Array(length);
  const slopes = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const x = i / perUnit - tableEnd;
    values[i] = erfc(x);
    slopes[i] = (-twoOverRootPi * Math.exp(-x * x)) / perUnit;
  }
  table = { values, slopes };
  return table;
}

/** erfc(x) by cubic Hermite interpolation between exact values and slopes 1/64 apart: absolute error below 2e-9. */
export function erfcFast(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x <= -tableEnd) return 2;
  if (x >= tableEnd) return 0;
  const { values, slopes } = erfcTable();
  const at = (x + tableEnd) * perUnit;
  const i = Math.floor(at);
  const t = at - i;
  const rest = 1 - t;
  const start = values[i]! * (1 + 2 * t) + slopes[i]! * t;
  const end = values[i + 1]! * (1 + 2 * rest) - slopes[i + 1]! * rest;
  return start * rest * rest + end * t * t;
}
