/** The values that a number control may take: a range with a step, or a short list. Pure; the controls and their tests read it. */

export interface NumberRange {
  readonly min: number;
  /** End of the slider. */
  readonly max: number;
  /** The largest value that may be typed; absent: `max`. */
  readonly typedMax?: number;
  /** Distance of neighbouring values, counted from `min`; absent: 1. */
  readonly step?: number;
  /** The only allowed values, ascending; absent: all steps. */
  readonly allowed?: readonly number[];
}

/** The allowed value nearest to a wish; of two equally near, the smaller. */
export function nearest(range: NumberRange, wish: number): number {
  if (range.allowed && range.allowed.length > 0) {
    return range.allowed.reduce((best, value) => (Math.abs(value - wish) < Math.abs(best - wish) ? value : best));
  }
  const step = range.step ?? 1;
  const end = range.typedMax ?? range.max;
  const clamped = Math.min(Math.max(wish, range.min), end);
  const snapped = range.min + Math.round((clamped - range.min) / step) * step;
  return tidy(snapped > end ? snapped - step : snapped, step);
}

export function isAllowed(range: NumberRange, value: number): boolean {
  return Number.isFinite(value) && nearest(range, value) === value;
}

/** The value `by` steps away from `from`, in the list or range; stops at its ends. */
export function stepped(range: NumberRange, from: number, by: number): number {
  if (range.allowed && range.allowed.length > 0) {
    const list = range.allowed;
    const here = list.indexOf(nearest(range, from));
    return list[Math.min(Math.max(here + by, 0), list.length - 1)] ?? from;
  }
  return nearest(range, from + by * (range.step ?? 1));
}

/** Removes the dust of binary fractions: 0.1 x 3 is shown as 0.3. */
function tidy(value: number, step: number): number {
  const digits = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step)) + 1));
  return Number(value.toFixed(Number.isInteger(step) && Number.isInteger(value) ? 0 : digits));
}

/** As it stands in a field of few digits, which would cut 0.00001 to 0.000. */
export function fieldText(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}
