/**
 * Statistics of channels over whole batches, in float64: extremes and moments of each, and sums of products between them. Loaded when
 * they are first asked for.
 */
import { type ChannelProducts, productsOf, type Sampling } from '../channelProducts.ts';
import type { ChannelStatistics } from '../engine.ts';
import { type Maps, mapsBox, readBox } from './maps.ts';
import type { Pause, Threads } from './threads.ts';

interface Worker {
  readonly threads: Threads;
  /** Called between pieces of work, so that waiting messages get their turn. */
  readonly pause: Pause;
}

/** Values that are looked at between two pauses. */
const valuesAtOnce = 1 << 18;

const neverUnwanted = () => false;

/** Image by image: sums of differences from each channel's first value. */
export async function statisticsOfChannels({
  maps,
  threads,
  pause,
}: Worker & { readonly maps: Maps }): Promise<readonly ChannelStatistics[]> {
  const [images, channels, height, width] = maps.shape;
  const sums = Array.from({ length: channels }, () => new ChannelSums());
  const plane = height * width;
  const atOnce = Math.max(1, Math.floor(valuesAtOnce / plane));
  for (let n = 0; n < images; n++) {
    for (let c0 = 0; c0 < channels; c0 += atOnce) {
      const c1 = Math.min(channels, c0 + atOnce);
      const values = await readBox(maps, mapsBox(maps.shape, c0, c1, n), threads, neverUnwanted);
      for (let c = c0; c < c1; c++) sums[c]!.add(values.subarray((c - c0) * plane, (c - c0 + 1) * plane));
      await pause();
    }
  }
  return sums.map((sum) => sum.statistics());
}

class ChannelSums {
  #first: number | null = null;
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #zeros = 0;
  #differences = 0;
  #squares = 0;

  add(values: Float32Array): void {
    const first = this.#first ?? values[0] ?? 0;
    this.#first = first;
    this.#count += values.length;
    let [min, max, zeros, differences, squares] = [this.#min, this.#max, 0, 0, 0];
    for (const value of values) {
      if (value < min) min = value;
      if (value > max) max = value;
      if (value === 0) zeros++;
      const difference = value - first;
      differences += difference;
      squares += difference * difference;
    }
    this.#min = min;
    this.#max = max;
    this.#zeros += zeros;
    this.#differences += differences;
    this.#squares += squares;
  }

  statistics(): ChannelStatistics {
    const difference = this.#differences / this.#count;
    return {
      min: this.#min,
      max: this.#max,
      mean: (this.#first ?? 0) + difference,
      variance: Math.max(0, this.#squares / this.#count - difference * difference),
      zeros: this.#zeros,
    };
  }
}

/** Samples of all channels that are taken together: few enough to stay in a core's cache. */
const samplesAtOnce = 256;

export async function productsOfChannels(
  a: Maps,
  b: Maps,
  { threads, pause, centreA, centreB, size }: Worker & Sampling,
): Promise<ChannelProducts> {
  const [rows, columns] = [a.shape[1] + 1, b.shape[1] + 1];
  const matrix = new Float64Array(rows * columns);
  const samples = size[0] * size[1];
  for (let n = 0; n < a.shape[0]; n++) {
    const valuesA = await readBox(a, mapsBox(a.shape, 0, a.shape[1], n), threads, neverUnwanted);
    const valuesB = a === b ? valuesA : await readBox(b, mapsBox(b.shape, 0, b.shape[1], n), threads, neverUnwanted);
    for (let from = 0; from < samples; from += samplesAtOnce) {
      const count = Math.min(samplesAtOnce, samples - from);
      const slabA = slabOf(valuesA, a.shape, centreA, size, from, count);
      const slabB = a === b ? slabA : slabOf(valuesB, b.shape, centreB, size, from, count);
      addProducts(matrix, slabA, slabB, rows, columns, a === b);
      await pause();
    }
  }
  return productsOf(matrix, rows, columns, a.shape[0] * samples, a === b);
}

/** Samples from..from+count-1 of all channels, less their centres: [C + 1][samplesAtOnce], the last channel ones, zeros behind them. */
function slabOf(
  values: Float32Array,
  [, channels, height, width]: Maps['shape'],
  centres: Float32Array,
  [rows, columns]: Sampling['size'],
  from: number,
  count: number,
): Float64Array {
  const slab = new Float64Array((channels + 1) * samplesAtOnce);
  const sources = Int32Array.from({ length: count }, (_, s) => {
    const [y, x] = [Math.floor((from + s) / columns), (from + s) % columns];
    return Math.floor((y * height) / rows) * width + Math.floor((x * width) / columns);
  });
  for (let c = 0; c < channels; c++) {
    const [base, target, centre] = [c * height * width, c * samplesAtOnce, centres[c]!];
    for (let s = 0; s < count; s++) slab[target + s] = values[base + sources[s]!]! - centre;
  }
  slab.fill(1, channels * samplesAtOnce, channels * samplesAtOnce + count);
  return slab;
}

/** matrix += A Bᵀ, 2 x 4 entries at a time; of a symmetric one the upper half. */
function addProducts(
  matrix: Float64Array,
  a: Float64Array,
  b: Float64Array,
  rows: number,
  columns: number,
  isSymmetric: boolean,
): void {
  const rowAt = (slab: Float64Array, i: number, count: number) => {
    const row = Math.min(i, count - 1) * samplesAtOnce;
    return slab.subarray(row, row + samplesAtOnce);
  };
  for (let i = 0; i < rows; i += 2) {
    const [a0, a1] = [rowAt(a, i, rows), rowAt(a, i + 1, rows)];
    for (let j = isSymmetric ? i - (i % 4) : 0; j < columns; j += 4) {
      const b0 = rowAt(b, j, columns);
      const b1 = rowAt(b, j + 1, columns);
      const b2 = rowAt(b, j + 2, columns);
      const b3 = rowAt(b, j + 3, columns);
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let s = 0; s < samplesAtOnce; s++) {
        const [x0, x1] = [a0[s]!, a1[s]!];
        const [y0, y1, y2, y3] = [b0[s]!, b1[s]!, b2[s]!, b3[s]!];
        s00 += x0 * y0;
        s01 += x0 * y1;
        s02 += x0 * y2;
        s03 += x0 * y3;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s12 += x1 * y2;
        s13 += x1 * y3;
      }
      const sums = [
        [s00, s01, s02, s03],
        [s10, s11, s12, s13],
      ];
      for (let k = 0; k < 2 && i + k < rows; k++)
        for (let l = 0; l < 4 && j + l < columns; l++) matrix[(i + k) * columns + j + l]! += sums[k]![l]!;
    }
  }
}
