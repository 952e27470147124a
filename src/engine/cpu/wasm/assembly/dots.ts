/**
 * Filters applied to a single place of the input, as a fully connected layer is:
 *   out[f] = bias[f] + sum over taps t of weight[f][t] * column[t]
 * There is no row of pixels to fill a vector with, so four neighbouring taps fill it: the weights are read as they stand, once, which
 * is all that counts where there are many. Four filters share each load of the column. Each lane adds up a block of terms before
 * it joins the total, so that long sums err by few roundings.
 */

/** Taps of a block: 64 terms for each lane of the two registers of a filter. */
const blockTaps: i32 = 512;

// @ts-ignore: decorator
@inline
function sumOf(lanes: v128): f32 {
  const pairs = f32x4.add(lanes, v128.shuffle<f32>(lanes, lanes, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

// @ts-ignore: decorator
@inline
function put(at: usize, lanes: v128, rest: f32, bias: f32, clamped: i32, lo: f32, hi: f32): void {
  let value = bias + (sumOf(lanes) + rest);
  if (clamped) {
    // Comparisons, since min and max of scalars are slower and NaN must pass.
    if (value < lo) value = lo;
    if (value > hi) value = hi;
  }
  store<f32>(at, value);
}

/** `weights` [filters][taps], `out` of one filter `plane` bytes after the other. */
export function dots(
  column: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  filters: i32,
  out: usize,
  plane: usize,
  clamped: i32,
  lo: f32,
  hi: f32,
): void {
  const row = (<usize>taps) << 2;
  let f = 0;
  for (; f + 4 <= filters; f += 4) {
    const wa = weights + <usize>f * row;
    const wb = wa + row;
    const wc = wb + row;
    const wd = wc + row;
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    let tap = 0;
    while (tap + 8 <= taps) {
      const end = min(taps - 7, tap + blockTaps);
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      let b0 = f32x4.splat(0);
      let b1 = f32x4.splat(0);
      let c0 = f32x4.splat(0);
      let c1 = f32x4.splat(0);
      let d0 = f32x4.splat(0);
      let d1 = f32x4.splat(0);
      for (; tap < end; tap += 8) {
        const at = (<usize>tap) << 2;
        const p = v128.load(column + at);
        const q = v128.load(column + at, 16);
        a0 = f32x4.add(a0, f32x4.mul(p, v128.load(wa + at)));
        a1 = f32x4.add(a1, f32x4.mul(q, v128.load(wa + at, 16)));
        b0 = f32x4.add(b0, f32x4.mul(p, v128.load(wb + at)));
        b1 = f32x4.add(b1, f32x4.mul(q, v128.load(wb + at, 16)));
        c0 = f32x4.add(c0, f32x4.mul(p, v128.load(wc + at)));
        c1 = f32x4.add(c1, f32x4.mul(q, v128.load(wc + at, 16)));
        d0 = f32x4.add(d0, f32x4.mul(p, v128.load(wd + at)));
        d1 = f32x4.add(d1, f32x4.mul(q, v128.load(wd + at, 16)));
      }
      a = f32x4.add(a, f32x4.add(a0, a1));
      b = f32x4.add(b, f32x4.add(b0, b1));
      c = f32x4.add(c, f32x4.add(c0, c1));
      d = f32x4.add(d, f32x4.add(d0, d1));
    }
    const ra = restOf(column, wa, tap, taps);
    const rb = restOf(column, wb, tap, taps);
    const rc = restOf(column, wc, tap, taps);
    const rd = restOf(column, wd, tap, taps);
    const to = out + <usize>f * plane;
    const from = bias + ((<usize>f) << 2);
    put(to, a, ra, load<f32>(from), clamped, lo, hi);
    put(to + plane, b, rb, load<f32>(from, 4), clamped, lo, hi);
    put(to + 2 * plane, c, rc, load<f32>(from, 8), clamped, lo, hi);
    put(to + 3 * plane, d, rd, load<f32>(from, 12), clamped, lo, hi);
  }
  for (; f < filters; f++) {
    const w = weights + <usize>f * row;
    let total = f32x4.splat(0);
    let tap = 0;
    while (tap + 8 <= taps) {
      const end = min(taps - 7, tap + blockTaps);
      let a0 = f32x4.splat(0);
      let a1 = f32x4.splat(0);
      for (; tap < end; tap += 8) {
        const at = (<usize>tap) << 2;
        a0 = f32x4.add(a0, f32x4.mul(v128.load(column + at), v128.load(w + at)));
        a1 = f32x4.add(a1, f32x4.mul(v128.load(column + at, 16), v128.load(w + at, 16)));
      }
      total = f32x4.add(total, f32x4.add(a0, a1));
    }
    put(out + <usize>f * plane, total, restOf(column, w, tap, taps), load<f32>(bias + ((<usize>f) << 2)), clamped, lo, hi);
  }
}

/** The products of the last taps, fewer than eight. */
function restOf(column: usize, weights: usize, tap: i32, taps: i32): f32 {
  let sum: f32 = 0;
  for (; tap < taps; tap++) {
    const at = (<usize>tap) << 2;
    sum += load<f32>(column + at) * load<f32>(weights + at);
  }
  return sum;
}

/** The values that the taps read at one place, side by side: column[t] = at[offset[t]]. */
export function gather(at: usize, offsets: usize, taps: i32, column: usize): void {
  for (let tap = 0; tap < taps; tap++) {
    const i = (<usize>tap) << 2;
    store<f32>(column + i, load<f32>(at + load<u32>(offsets + i)));
  }
}
