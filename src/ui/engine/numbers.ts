/** Numbers of the panel: rates with three digits, shares that may be above 1 (what a cache holds is faster than memory). */
import { percent } from '../../math/format.ts';
import { shortNumber } from '../../views/numbers.ts';

export function rateText(rate: number): string {
  return rate < 1 ? Number(rate.toPrecision(2)).toString() : shortNumber(rate);
}

export function shareText(share: number): string {
  return share > 0.999 ? `${Math.round(100 * share)} %` : percent(share);
}
