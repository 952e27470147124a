/**
 * Weights in the order in which the programs read them: for every group and block of C filters first the C biases, then the taps,
 * so that one pointer only moves forward. Filters that fill up the last block are zero.
 */
import type { ParameterValues } from '../operator.ts';
import type { Range } from './cuts.ts';
import type { WeightWalk } from './weightWalk.ts';

/** The uniform array of `shaders/lib/weights.wgsl`, in bytes. */
export const uniformWeightBytes = 65536;

export interface WeightOrder {
  /**
   * `rows`: [Cin/g][kw][kh][C] (window, taps). `blocks`: [kh][kw][Cin/g padded to 4][C] (dense, gemm). `planes`: [kh][kw][Cin/g][C].
   * `columns`: [Cin/g padded to 4, in fours][kw][kh][4][C] (deepWindow).
   */
  readonly taps: 'rows' | 'blocks' | 'planes' | 'columns';
  /** C: filters per block, a multiple of 4. */
  readonly filters: number;
  readonly groups: number;
  readonly outChannels: number;
  readonly inChannels: number;
  readonly kernel: readonly [h: number, w: number];
  /** Groups of the layer that are one here, with zeros between them (`conv2d/bundles.ts`); absent: 1. */
  readonly members?: number;
  /** How blocks are stored in fewer bytes; absent: as float32. */
  readonly narrowing?: Narrowing;
}

/** Packed blocks in fewer bytes, block by block. */
export interface Narrowing {
  readonly key: string;
  /** 32-bit words of one block of `filters` filters with `taps` weights each. */
  words(filters: number, taps: number): number;
  /** Whole blocks of float32, C biases and C values per tap each, as they are stored: bits in 32-bit words. */
  narrowed(blocks: Float32Array, filters: number, taps: number): Float32Array<ArrayBuffer>;
}

export function blocksPerGroup(order: WeightOrder): number {
  return Math.ceil(order.outChannels / order.groups / order.filters);
}

/** Four input channels are multiplied at a time. */
export function comesInFours({ taps }: WeightOrder): boolean {
  return taps === 'blocks' || taps === 'columns';
}

/** The most blocks of four channels that one of `groups` groups of `channels` lies in: where these do not come in fours, groups share blocks. */
export function coveredBlocks(channels: number, groups: number): number {
  const covered = Array.from({ length: Math.min(groups, 4) }, (_, g) => ((g * channels) % 4) + channels);
  return Math.ceil(Math.max(...covered) / 4);
}

/** Input channels of a group as they are packed: of all blocks that it is read from, where four are multiplied at a time. */
export function slicesOf(order: WeightOrder): number {
  const perGroup = order.inChannels / order.groups;
  return comesInFours(order) ? 4 * coveredBlocks(perGroup, order.groups) : perGroup;
}

/** The last block that a group is read from on: none is read behind the last channel. */
export function lastFirstBlock(order: WeightOrder): number {
  return Math.ceil(order.inChannels / 4) - slicesOf(order) / 4;
}

/** Which of the packed channels is a group's first. */
function firstSlice(order: WeightOrder, group: number): number {
  if (!comesInFours(order)) return 0;
  const first = (group * order.inChannels) / order.groups;
  return first - 4 * Math.min(Math.floor(first / 4), lastFirstBlock(order));
}

/**
 * Where a program that draws weights (`drawnWeights.ts`) puts each of them: in a `WeightOrder`; along a walk; as factors of Winograd's
 * domain, `outputs` being m and `order` that of the products; or nowhere, since the packing holds biases alone.
 */
export type WeightPlaces =
  | { readonly of: 'order'; readonly order: WeightOrder }
  | { readonly of: 'walk'; readonly walk: WeightWalk }
  | {
      readonly of: 'winograd';
      readonly order: WeightOrder;
      readonly outputs: 2 | 4;
      readonly inChannels: number;
      readonly outChannels: number;
    }
  | { readonly of: 'biases' };

/**
 * Learned tensors in a program's order: blocks of filters that stand one after another. What is more than a binding is packed and bound
 * in parts, each of some whole blocks; one block is never cut.
 */
export interface Packing {
  /** Equal keys, equal packing: it is done once per parameters. */
  readonly key: string;
  readonly where: 'uniform' | 'storage';
  readonly blocks: number;
  /** In floats; a multiple of 4. */
  readonly perBlock: number;
  /** The blocks from..to-1 alone. */
  readonly pack: (values: ParameterValues, blocks: Range) => Float32Array<ArrayBuffer>;
  /** Absent where what is packed is never drawn at random. */
  readonly places?: WeightPlaces;
}

export function packingOf(order: WeightOrder, where: Packing['where']): Packing {
  return {
    key: orderKey(order),
    where,
    blocks: blocksOf(order),
    perBlock: floatsPerBlock(order),
    pack: (values, blocks) => packWeights(order, values, blocks),
    places: { of: 'order', order },
  };
}

/** What tells one packing from another. */
export function orderKey({ taps, filters, groups, outChannels, inChannels, kernel, ...rest }: WeightOrder): string {
  const { members = 1, narrowing } = rest;
  const more = [...(members > 1 ? [`of ${members}`] : []), ...(narrowing ? [narrowing.key] : [])];
  return [taps, filters, groups, outChannels, inChannels, kernel, ...more].join(' ');
}

/** Weights of one filter as they are packed. */
function tapsOf(order: WeightOrder): number {
  return slicesOf(order) * order.kernel[0] * order.kernel[1];
}

/** Floats (32-bit words) of one block: C biases and C values per tap. */
export function floatsPerBlock(order: WeightOrder): number {
  return order.narrowing?.words(order.filters, tapsOf(order)) ?? order.filters * (1 + tapsOf(order));
}

/** Blocks of C filters in all groups together. */
function blocksOf(order: WeightOrder): number {
  return order.groups * blocksPerGroup(order);
}

export function packedFloats(order: WeightOrder): number {
  return blocksOf(order) * floatsPerBlock(order);
}

/** weight [Cout, Cin/g, kh, kw] and bias [Cout] in the program's order: the blocks from..to-1, all where nothing is said. */
export function packWeights(
  order: WeightOrder,
  { weight, bias }: ParameterValues,
  [from, to]: Range = [0, blocksOf(order)],
): Float32Array<ArrayBuffer> {
  const [kh, kw] = order.kernel;
  const { members = 1, filters: C } = order;
  const perMember = order.inChannels / order.groups / members;
  const slices = slicesOf(order);
  const filters = order.outChannels / order.groups;
  const blocks = blocksPerGroup(order);
  const perBlock = C * (1 + tapsOf(order));
  const packed = new Float32Array((to - from) * perBlock);
  for (let block = from; block < to; block++) {
    const first = (block % blocks) * C;
    const group = Math.floor(block / blocks);
    for (let inGroup = first; inGroup < Math.min(first + C, filters); inGroup++) {
      const o = group * filters + inGroup;
      const slice = firstSlice(order, group) + Math.floor((inGroup * members) / filters) * perMember;
      const start = (block - from) * perBlock + inGroup - first;
      packed[start] = bias?.[o] ?? 0;
      let read = o * perMember * kh * kw;
      for (let c = slice; c < slice + perMember; c++) {
        for (let ky = 0; ky < kh; ky++) {
          for (let kx = 0; kx < kw; kx++) {
            packed[start + (1 + tapOf(order, slices, c, ky, kx)) * C] = weight[read++]!;
          }
        }
      }
    }
  }
  return order.narrowing?.narrowed(packed, C, tapsOf(order)) ?? packed;
}

/** Which of a block's taps that of channel c at (ky, kx) is. */
function tapOf({ taps, kernel: [kh, kw] }: WeightOrder, slices: number, c: number, ky: number, kx: number): number {
  switch (taps) {
    case 'rows':
      return (c * kw + kx) * kh + ky;
    case 'blocks':
    case 'planes':
      return (ky * kw + kx) * slices + c;
    case 'columns':
      return (((c >> 2) * kw + kx) * kh + ky) * 4 + (c & 3);
    default:
      return taps satisfies never;
  }
}
