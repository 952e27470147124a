/**
 * The inner loops of every convolution with stride 1 (a strided one is split into its phases first):
 *   out[f][x] (+)= sum over taps t of weight[t][f] * input[offset[t] + x]
 * A tile of filters x pixels stays in eight vector registers while all taps pass; per tap it loads the pixels once and each weight once.
 * 4 x 8 reads least per product; 2 x 16 and 1 x 32 (depthwise) take what four filters leave over. Two multiplications and two
 * additions of four values can start per cycle on today's cores: eight sums in flight hide their latency, and the sixteen
 * registers of x86 hold them with their operands.
 *
 * One call does one row, `width` pixels, and one block of taps (`tapsAtOnce` in ../convolver.ts): its sums are added to those of the
 * blocks before, so that an output of thousands of terms errs by some hundred roundings, not by thousands. Where one block is all,
 * the last tile of a row is moved back to end with it: its first pixels are computed twice, to the same bits. Where there are several,
 * and in a row narrower than a tile, it writes past the end, where `out` has room for it.
 */

/** The first block of taps stores bias + sum, with the bias of each filter; later ones out + sum. */
export const isFirst: i32 = 1;
/** The last block clamps what it stores to [lo, hi]. */
export const isClamped: i32 = 2;
/** There is no other block. */
export const isOnly: i32 = 4;

// @ts-ignore: decorator
@inline
function store(at: usize, sum: v128, bias: v128, flags: i32, lo: v128, hi: v128): void {
  let value = f32x4.add(flags & isFirst ? bias : v128.load(at), sum);
  // Lets NaN through; a sum that began at +0 is never -0.
  if (flags & isClamped) value = f32x4.pmin(f32x4.pmax(value, lo), hi);
  v128.store(at, value);
}

// @ts-ignore: decorator
@inline
function tileAt(x: i32, width: i32, tile: i32, flags: i32): i32 {
  return flags & isOnly ? max(0, min(x, width - tile)) : x;
}

/** Four filters, tiles of 8 pixels. `offsets` in bytes; `weights` [taps][4]; `plane` bytes from one filter's output to the next. */
export function row4(
  input: usize,
  offsets: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  out: usize,
  plane: usize,
  width: i32,
  flags: i32,
  lo: f32,
  hi: f32,
): void {
  const end = offsets + ((<usize>taps) << 2);
  const low = f32x4.splat(lo);
  const high = f32x4.splat(hi);
  for (let x = 0; x < width; x += 8) {
    const shift = (<usize>tileAt(x, width, 8, flags)) << 2;
    const from = input + shift;
    let w = weights;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let d0 = f32x4.splat(0);
    let d1 = f32x4.splat(0);
    for (let tap = offsets; tap < end; tap += 4) {
      const at = from + load<u32>(tap);
      const p0 = v128.load(at);
      const p1 = v128.load(at, 16);
      const a = v128.load32_splat(w);
      a0 = f32x4.add(a0, f32x4.mul(a, p0));
      a1 = f32x4.add(a1, f32x4.mul(a, p1));
      const b = v128.load32_splat(w, 4);
      b0 = f32x4.add(b0, f32x4.mul(b, p0));
      b1 = f32x4.add(b1, f32x4.mul(b, p1));
      const c = v128.load32_splat(w, 8);
      c0 = f32x4.add(c0, f32x4.mul(c, p0));
      c1 = f32x4.add(c1, f32x4.mul(c, p1));
      const d = v128.load32_splat(w, 12);
      d0 = f32x4.add(d0, f32x4.mul(d, p0));
      d1 = f32x4.add(d1, f32x4.mul(d, p1));
      w += 16;
    }
    let to = out + shift;
    let base = v128.load32_splat(bias);
    store(to, a0, base, flags, low, high);
    store(to + 16, a1, base, flags, low, high);
    to += plane;
    base = v128.load32_splat(bias, 4);
    store(to, b0, base, flags, low, high);
    store(to + 16, b1, base, flags, low, high);
    to += plane;
    base = v128.load32_splat(bias, 8);
    store(to, c0, base, flags, low, high);
    store(to + 16, c1, base, flags, low, high);
    to += plane;
    base = v128.load32_splat(bias, 12);
    store(to, d0, base, flags, low, high);
    store(to + 16, d1, base, flags, low, high);
  }
}

/** Two filters, tiles of 16 pixels; `weights` [taps][2]. */
export function row2(
  input: usize,
  offsets: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  out: usize,
  plane: usize,
  width: i32,
  flags: i32,
  lo: f32,
  hi: f32,
): void {
  const end = offsets + ((<usize>taps) << 2);
  const low = f32x4.splat(lo);
  const high = f32x4.splat(hi);
  for (let x = 0; x < width; x += 16) {
    const shift = (<usize>tileAt(x, width, 16, flags)) << 2;
    const from = input + shift;
    let w = weights;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let a2 = f32x4.splat(0);
    let a3 = f32x4.splat(0);
    let b0 = f32x4.splat(0);
    let b1 = f32x4.splat(0);
    let b2 = f32x4.splat(0);
    let b3 = f32x4.splat(0);
    for (let tap = offsets; tap < end; tap += 4) {
      const at = from + load<u32>(tap);
      const a = v128.load32_splat(w);
      const b = v128.load32_splat(w, 4);
      let p = v128.load(at);
      a0 = f32x4.add(a0, f32x4.mul(a, p));
      b0 = f32x4.add(b0, f32x4.mul(b, p));
      p = v128.load(at, 16);
      a1 = f32x4.add(a1, f32x4.mul(a, p));
      b1 = f32x4.add(b1, f32x4.mul(b, p));
      p = v128.load(at, 32);
      a2 = f32x4.add(a2, f32x4.mul(a, p));
      b2 = f32x4.add(b2, f32x4.mul(b, p));
      p = v128.load(at, 48);
      a3 = f32x4.add(a3, f32x4.mul(a, p));
      b3 = f32x4.add(b3, f32x4.mul(b, p));
      w += 8;
    }
    let to = out + shift;
    let base = v128.load32_splat(bias);
    store(to, a0, base, flags, low, high);
    store(to + 16, a1, base, flags, low, high);
    store(to + 32, a2, base, flags, low, high);
    store(to + 48, a3, base, flags, low, high);
    to += plane;
    base = v128.load32_splat(bias, 4);
    store(to, b0, base, flags, low, high);
    store(to + 16, b1, base, flags, low, high);
    store(to + 32, b2, base, flags, low, high);
    store(to + 48, b3, base, flags, low, high);
  }
}

/** One filter, tiles of 32 pixels; `weights` [taps]. */
export function row1(
  input: usize,
  offsets: usize,
  taps: i32,
  weights: usize,
  bias: usize,
  out: usize,
  width: i32,
  flags: i32,
  lo: f32,
  hi: f32,
): void {
  const end = offsets + ((<usize>taps) << 2);
  const low = f32x4.splat(lo);
  const high = f32x4.splat(hi);
  const base = v128.load32_splat(bias);
  for (let x = 0; x < width; x += 32) {
    const shift = (<usize>tileAt(x, width, 32, flags)) << 2;
    const from = input + shift;
    let w = weights;
    let a0 = f32x4.splat(0);
    let a1 = f32x4.splat(0);
    let a2 = f32x4.splat(0);
    let a3 = f32x4.splat(0);
    let a4 = f32x4.splat(0);
    let a5 = f32x4.splat(0);
    let a6 = f32x4.splat(0);
    let a7 = f32x4.splat(0);
    for (let tap = offsets; tap < end; tap += 4) {
      const at = from + load<u32>(tap);
      const a = v128.load32_splat(w);
      a0 = f32x4.add(a0, f32x4.mul(a, v128.load(at)));
      a1 = f32x4.add(a1, f32x4.mul(a, v128.load(at, 16)));
      a2 = f32x4.add(a2, f32x4.mul(a, v128.load(at, 32)));
      a3 = f32x4.add(a3, f32x4.mul(a, v128.load(at, 48)));
      a4 = f32x4.add(a4, f32x4.mul(a, v128.load(at, 64)));
      a5 = f32x4.add(a5, f32x4.mul(a, v128.load(at, 80)));
      a6 = f32x4.add(a6, f32x4.mul(a, v128.load(at, 96)));
      a7 = f32x4.add(a7, f32x4.mul(a, v128.load(at, 112)));
      w += 4;
    }
    const to = out + shift;
    store(to, a0, base, flags, low, high);
    store(to + 16, a1, base, flags, low, high);
    store(to + 32, a2, base, flags, low, high);
    store(to + 48, a3, base, flags, low, high);
    store(to + 64, a4, base, flags, low, high);
    store(to + 80, a5, base, flags, low, high);
    store(to + 96, a6, base, flags, low, high);
    store(to + 112, a7, base, flags, low, high);
  }
}
