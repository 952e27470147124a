/** How runs are called and coloured: by their number of filter groups, or by their width. */
import type { Variant } from '../../live/train/variants.ts';

export function runName({ groups, width }: Variant, compare: 'groups' | 'widths'): string {
  return compare === 'groups' ? `g ${groups}` : `× ${width}`;
}

/** The custom property that colours the run at `place` among the variants. */
export const runColour = (place: number): string => `var(--run-${place})`;
