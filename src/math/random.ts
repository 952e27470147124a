/**
 * Random numbers as a function of (seed, stream, index): no state, any order, any machine. 32-bit integer arithmetic alone until
 * one exact scaling by a power of two, so that a shader gives the same bits. The mixer is an xor-shift-multiply bijection
 * of 32-bit integers with the constants of Chris Wellons' `lowbias32` search (2018).
 */

/** A bijection of 32-bit integers in which every input bit moves about half of the output bits. Unsigned. */
export function mix32(x: number): number {
  let h = x >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A random 32-bit integer for element `index` of stream `stream` under `seed` (all taken modulo 2³²). */
export function hash32(seed: number, stream: number, index: number): number {
  return mix32((mix32((mix32(seed) + stream) >>> 0) + index) >>> 0);
}

/** Uniform in (-1, 1): an odd multiple of 2⁻²⁴, exact in float32. */
export function uniformAt(seed: number, stream: number, index: number): number {
  const top = hash32(seed, stream, index) >>> 8;
  return (2 * top + 1 - 0x1000000) / 0x1000000;
}

/**
 * Normal with mean 0 and variance 1, as the sum of twelve 16-bit uniforms (Irwin-Hall: the tails end at ±6). A multiple of 2⁻¹⁶,
 * exact in float32.
 */
export function normalAt(seed: number, stream: number, index: number): number {
  let sum = 0;
  for (let draw = 0; draw < 6; draw++) {
    const bits = hash32(seed, stream, (Math.imul(index, 6) + draw) >>> 0);
    sum += (bits & 0xffff) + (bits >>> 16);
  }
  return (sum - 6 * 0xffff) / 0x10000;
}

/** Numbers times a scale: `normalAt` or `uniformAt` of (seed, stream, index), multiplied in float32 by `scale`, a float32. */
export interface Draw {
  readonly numbers: 'normal' | 'uniform';
  readonly scale: number;
  /** Unsigned. */
  readonly seed: number;
}
