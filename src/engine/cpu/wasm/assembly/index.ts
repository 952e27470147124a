/** What the module offers its host (../kernels.ts). All places are bytes, all sizes values unless they are named otherwise. */
import { isClamped, isFirst, isOnly, row1, row2, row4 } from './taps';

export { dots, gather } from './dots';
export { compact, split } from './layout';

/** Pixels that are computed together: few enough that their input and output stay in a core's second cache. */
const bandPixels: i32 = 1024;
/** The longest tile: a band has as many pixels at least, or its row is shorter. */
const longestTile: i32 = 32;

/**
 * A grouped convolution with stride 1 over an input without padding, `rows` rows of `width` outputs for each filter. `offsets`
 * [taps] says where each tap of a group begins in the input, `weights` holds for each group blocks of 4, then 2, then 1 filters,
 * [taps][filters of the block]. Taps are taken `tapsAtOnce` at a time.
 */
export function convolve(
  input: usize,
  inputPitch: usize,
  groupStep: usize,
  offsets: usize,
  taps: i32,
  tapsAtOnce: i32,
  weights: usize,
  bias: usize,
  groups: i32,
  filters: i32,
  out: usize,
  outPitch: usize,
  plane: usize,
  rows: i32,
  width: i32,
  clamped: i32,
  lo: f32,
  hi: f32,
): void {
  const rowsAtOnce = max(1, bandPixels / width);
  const columnsAtOnce = rows == 1 ? bandPixels : width;
  for (let group = 0; group < groups; group++) {
    const first = group * filters;
    for (let y = 0; y < rows; y += rowsAtOnce) {
      const rowEnd = min(rows, y + rowsAtOnce);
      for (let x = 0, columns = 0; x < width; x += columns) {
        columns = width - x < columnsAtOnce + longestTile ? width - x : columnsAtOnce;
        const shift = (<usize>x) << 2;
        for (let tap = 0; tap < taps; tap += tapsAtOnce) {
          const count = min(tapsAtOnce, taps - tap);
          const isLast = tap + count == taps;
          const flags =
            (tap == 0 ? isFirst : 0) | (isLast && clamped ? isClamped : 0) | (tap == 0 && isLast ? isOnly : 0);
          for (let f = 0; f < filters; ) {
            const left = filters - f;
            const block = left >= 4 ? 4 : left >= 2 ? 2 : 1;
            const w = weights + ((<usize>((first + f) * taps + tap * block)) << 2);
            const b = bias + ((<usize>(first + f)) << 2);
            for (let row = y; row < rowEnd; row++) {
              const from = input + <usize>group * groupStep + <usize>row * inputPitch + shift;
              const to = out + <usize>(first + f) * plane + <usize>row * outPitch + shift;
              const o = offsets + ((<usize>tap) << 2);
              if (block == 4) row4(from, o, count, w, b, to, plane, columns, flags, lo, hi);
              else if (block == 2) row2(from, o, count, w, b, to, plane, columns, flags, lo, hi);
              else row1(from, o, count, w, b, to, columns, flags, lo, hi);
            }
            f += block;
          }
        }
      }
    }
  }
}
