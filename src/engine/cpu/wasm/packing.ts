/** What a convolution's inner loops read, in their order: weights by blocks of filters, and where each tap begins in the input. */
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { Pair } from '../../../operators/operator.ts';

/** The inner loops' sizes: four filters at once, then two, then one. */
export function blockAt(left: number): 4 | 2 | 1 {
  return left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/** Pixels of a tile beside each size of block. */
const tiles = { 4: 8, 2: 16, 1: 32 } as const;

/** The longest tile that so many filters use. */
export function longestTile(filters: number): number {
  return filters % 2 === 1 ? tiles[1] : filters % 4 === 2 ? tiles[2] : tiles[4];
}

/** weight [groups x filters, taps] into `packed`, [groups][blocks][taps][filters of the block]. */
export function packInto(packed: Float32Array, weight: Float32Array, groups: number, filters: number): void {
  const taps = weight.length / (groups * filters);
  let to = 0;
  for (let group = 0; group < groups; group += 1) {
    for (let f = 0; f < filters; ) {
      const block = blockAt(filters - f);
      const from = (group * filters + f) * taps;
      for (let tap = 0; tap < taps; tap += 1) {
        for (let i = 0; i < block; i += 1) packed[to + tap * block + i] = weight[from + i * taps + tap]!;
      }
      to += taps * block;
      f += block;
    }
  }
}

/** An input plane split by the strides: [stepY][stepX] phases of [rows][columns]. */
export interface PhaseLayout {
  readonly steps: Pair;
  readonly rows: number;
  readonly columns: number;
}

export function phaseLayout(height: number, width: number, steps: Pair): PhaseLayout {
  return { steps, rows: Math.ceil(height / steps[0]), columns: Math.ceil(width / steps[1]) };
}

export function planeLength({ steps, rows, columns }: PhaseLayout): number {
  return steps[0] * steps[1] * rows * columns;
}

/** Bytes from a group's first plane to the first value that each tap reads, in the order of the weights [channel][y][x]. */
export function writeTapOffsets(
  offsets: Uint32Array,
  { kernelSize, dilation }: Pick<Conv2d, 'kernelSize' | 'dilation'>,
  slices: number,
  layout: PhaseLayout,
): void {
  const { steps, rows, columns } = layout;
  const perChannel = kernelSize[0] * kernelSize[1];
  let tap = 0;
  for (let a = 0; a < kernelSize[0]; a += 1) {
    const y = a * dilation[0];
    for (let b = 0; b < kernelSize[1]; b += 1) {
      const x = b * dilation[1];
      const phase = (y % steps[0]) * steps[1] + (x % steps[1]);
      const inPhase = Math.floor(y / steps[0]) * columns + Math.floor(x / steps[1]);
      offsets[tap] = 4 * (phase * rows * columns + inPhase);
      tap += 1;
    }
  }
  // Every channel is read as the first one is, a plane further.
  const plane = 4 * planeLength(layout);
  for (; tap < slices * perChannel; tap += 1) offsets[tap] = offsets[tap - perChannel]! + plane;
}
