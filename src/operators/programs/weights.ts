/**
 * Weights in the order in which the programs read them: for every group and block of C filters first the C biases, then the taps,
 * so that one pointer only moves forward. Filters that fill up the last block are zero.
 */
import type { ParameterValues } from '../operator.ts';

/** The uniform array of `shaders/lib/weights.wgsl`, in bytes. */
export const uniformWeightBytes = 65536;

export interface WeightOrder {
  /** `rows`: [Cin/g][kw][kh][C] (window, taps). `blocks`: [kh][kw][Cin/g padded to 4][C] (dense). `planes`: [kh][kw][Cin/g][C]. */
  readonly taps: 'rows' | 'blocks' | 'planes';
  /** C: filters per block, a multiple of 4. */
  readonly filters: number;
  readonly groups: number;
  readonly outChannels: number;
  readonly inChannels: number;
  readonly kernel: readonly [h: number, w: number];
}

export function blocksPerGroup(order: WeightOrder): number {
  return Math.ceil(order.outChannels / order.groups / order.filters);
}

/** Input channels of a group as they are packed. */
function slicesOf(order: WeightOrder): number {
  const perGroup = order.inChannels / order.groups;
  return order.taps === 'blocks' ? Math.ceil(perGroup / 4) * 4 : perGroup;
}

/** What tells one packing from another. */
export function orderKey({ taps, filters, groups, outChannels, inChannels, kernel }: WeightOrder): string {
  return `${taps} ${filters} ${groups} ${outChannels} ${inChannels} ${kernel}`;
}

/** Floats of one block: C biases and C values per tap. */
export function floatsPerBlock(order: WeightOrder): number {
  return order.filters * (1 + slicesOf(order) * order.kernel[0] * order.kernel[1]);
}

export function packedFloats(order: WeightOrder): number {
  return order.groups * blocksPerGroup(order) * floatsPerBlock(order);
}

/** weight [Cout, Cin/g, kh, kw] and bias [Cout] in the program's order. */
export function packWeights(order: WeightOrder, { weight, bias }: ParameterValues): Float32Array<ArrayBuffer> {
  const [kh, kw] = order.kernel;
  const perGroup = order.inChannels / order.groups;
  const slices = slicesOf(order);
  const filters = order.outChannels / order.groups;
  const blocks = blocksPerGroup(order);
  const C = order.filters;
  const block = floatsPerBlock(order);
  const packed = new Float32Array(order.groups * blocks * block);
  for (let o = 0; o < order.outChannels; o++) {
    const group = Math.floor(o / filters);
    const inGroup = o - group * filters;
    const start = (group * blocks + Math.floor(inGroup / C)) * block + (inGroup % C);
    packed[start] = bias?.[o] ?? 0;
    let from = o * perGroup * kh * kw;
    for (let c = 0; c < perGroup; c++) {
      for (let ky = 0; ky < kh; ky++) {
        for (let kx = 0; kx < kw; kx++) {
          const tap = order.taps === 'rows' ? (c * kw + kx) * kh + ky : (ky * kw + kx) * slices + c;
          packed[start + (1 + tap) * C] = weight[from++]!;
        }
      }
    }
  }
  return packed;
}
