/** What lies over the photo so that only what a unit reads keeps its light: one RGBA pixel for each pixel of the picture. */

import { membersOf, runsOf } from '../../../graph/field/positions.ts';
import type { Field } from '../../../graph/field/receptiveField.ts';
import type { PixelBlock } from '../../../graph/field/region.ts';

/** Red, green, blue, alpha of what is never seen, and of what lies in the box and is stepped over. */
const outside = [20, 16, 14, 150] as const;
const unread = [96, 22, 10, 205] as const;

/** [H, W, 4]; transparent where a pixel is read. `read`: blocks inside of the picture; `box`: clipped to it, empty where nothing is read. */
export function fieldMask(
  height: number,
  width: number,
  { box, read }: { readonly box: Field; readonly read: readonly PixelBlock[] },
): Uint8ClampedArray<ArrayBuffer> {
  const mask = new Uint8ClampedArray(4 * height * width);
  for (let i = 0; i < height * width; i++) mask.set(outside, 4 * i);
  for (let y = box.h.lo; y <= box.h.hi; y++)
    for (let x = box.w.lo; x <= box.w.hi; x++) mask.set(unread, 4 * (y * width + x));
  for (const { rows, columns } of read) {
    const runs = runsOf(columns);
    for (const y of membersOf(rows))
      for (const { lo, hi } of runs) mask.fill(0, 4 * (y * width + lo), 4 * (y * width + hi + 1));
  }
  return mask;
}
