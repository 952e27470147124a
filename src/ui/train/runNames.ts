/** How runs are called and coloured: by their number of filter groups, or by their width. */
import type { Variant } from '../../live/train/variants.ts';

const fractions: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };

export const widthText = (width: number): string => fractions[width] ?? String(width);

/** `value`: the number of groups, or the width. */
export const variantName = (value: number, compare: 'groups' | 'widths'): string =>
  compare === 'groups' ? `g ${value}` : `× ${widthText(value)}`;

export const runName = ({ groups, width }: Variant, compare: 'groups' | 'widths'): string =>
  variantName(compare === 'groups' ? groups : width, compare);

/** The custom property that colours the run at `place` among the variants. */
export const runColour = (place: number): string => `var(--run-${place})`;
