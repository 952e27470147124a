/** A ratio to two digits that matter: 0.17, 1.00, 2.4, 15 033. */
import { exactCount } from '../../math/format.ts';

export function ratioText(ratio: number): string {
  if (!Number.isFinite(ratio)) return '–';
  if (ratio >= 100) return exactCount(Math.round(ratio));
  if (ratio >= 9.95) return ratio.toFixed(0);
  return ratio < 0.005 ? '< 0.01' : ratio.toFixed(2);
}
