/**
 * Weights as half floats, as `shaders/lib/halfWeights.wgsl` reads them: each block of C filters holds C biases and C powers of two in
 * float32, then its taps, two of them in 32 bits. A filter is divided by the power of two at or below its largest weight, so that what
 * is rounded lies near 1, whatever the size of the weights; its bias is divided by the same, and its sums are multiplied by it in the end.
 */
import { halfFloat } from '../../math/halfFloat.ts';
import type { Narrowing } from './weights.ts';

/** So far that a bias divided by the power, and sums multiplied by it, stay numbers: smaller weights are too small to be seen. */
const exponents = { least: -60, most: 126 };

export const halfWeights: Narrowing = {
  key: 'f16',
  words: (filters, taps) => 2 * filters + (filters * taps) / 2,
  narrowed(blocks, filters, taps) {
    const from = filters * (1 + taps);
    const to = this.words(filters, taps);
    const count = blocks.length / from;
    const words = new Uint32Array(count * to);
    const floats = new Float32Array(words.buffer);
    for (let block = 0; block < count; block++) {
      const values = blocks.subarray(block * from, (block + 1) * from);
      const at = block * to;
      for (let c = 0; c < filters; c++) {
        const power = powerOf(values, c, filters);
        floats[at + c] = values[c]! / power;
        floats[at + filters + c] = power;
        for (let tap = 0; tap < taps; tap++) {
          const place = tap * filters + c;
          const bits = halfFloat(values[filters + place]! / power);
          const word = at + 2 * filters + (place >> 1);
          words[word] = words[word]! | (bits << (16 * (place & 1)));
        }
      }
    }
    return floats;
  },
};

/** The power of two at or below the largest weight of filter `c`; 1 where all are 0. */
function powerOf(values: Float32Array, c: number, filters: number): number {
  let largest = 0;
  for (let at = filters + c; at < values.length; at += filters) largest = Math.max(largest, Math.abs(values[at]!));
  if (largest === 0 || !Number.isFinite(largest)) return 1;
  // A hair above a power of two the logarithm may be the next one's: the quotient then lies between 1/2 and 2, which serves as well.
  return 2 ** Math.min(exponents.most, Math.max(exponents.least, Math.floor(Math.log2(largest))));
}
