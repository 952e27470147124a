/** How large the cells of a kernel are in the width that there is, and whether a number can be read in them. */

export interface CellSize {
  /** Side of a cell in CSS pixels, gap included. */
  readonly side: number;
  /** Font size of the numbers, or null where they do not fit. */
  readonly font: number | null;
  /** True where the number is written without its leading zero (−.33). */
  readonly isShort: boolean;
}

/** Gap between the slices, CSS pixels. */
export const sliceGap = 8;

/** Room around the grid for the outline of a focused cell (`.kernel-frame`). */
export const framePadding = 3;

/** Cells this small are taken where all of them are then in sight: three slices of 7 x 7. */
const smallest = 12;
/** Where the grid scrolls in any case, they stay large enough to point at. */
const scrolled = 18;
const largest = 46;
const withNumbers = 34;
const smallestFont = 8.5;
const largestFont = 12;
/** Width of a digit of the monospace face in units of its size, tightened. */
const advance = 0.59;

/** Cells for `columns` columns in `slices` slices side by side; `chars` is the longest number, `large` asks for room for numbers. */
export function cellSize(width: number, columns: number, slices: number, chars: number, large: boolean): CellSize {
  const fitting = (width - (slices - 1) * sliceGap) / (columns * slices);
  const least = large ? withNumbers : fitting < smallest ? scrolled : smallest;
  const side = Math.floor(10 * Math.min(largest, Math.max(least, fitting))) / 10;
  const fontFor = (length: number) => Math.min(largestFont, (side - 2) / (length * advance));
  if (fontFor(chars) >= smallestFont) return { side, font: fontFor(chars), isShort: false };
  if (fontFor(chars - 1) >= smallestFont) return { side, font: fontFor(chars - 1), isShort: true };
  return { side, font: null, isShort: false };
}

/** 0.33 → .33, −0.33 → −.33. */
export function withoutLeadingZero(text: string): string {
  return text.replace(/^(−?)0\./, '$1.');
}
