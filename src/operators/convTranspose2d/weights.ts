/**
 * Weights in the order in which `transposed` reads them: for every block of filters the biases, then tap by tap a row of C filters for
 * every input channel of the group. Filters and channels that fill up a block are zero.
 */
import type { ParameterValues } from '../operator.ts';
import type { Range } from '../programs/cuts.ts';
import { digit, type WeightWalk } from '../programs/weightWalk.ts';
import type { ConvTranspose2d } from './attributes.ts';

/** How the program walks the channels: four at once, one at once, or every channel by itself. */
type ChannelOrder = 'blocks' | 'planes' | 'depthwise';

export interface TransposedOrder {
  readonly channels: ChannelOrder;
  /** C: filters per block. */
  readonly filters: number;
}

/** Input channels per tap as they are packed. */
function slicesOf(conv: ConvTranspose2d, { channels }: TransposedOrder): number {
  const perGroup = conv.inChannels / conv.groups;
  return channels === 'blocks' ? Math.ceil(perGroup / 4) * 4 : perGroup;
}

/** Groups as the program counts them: depthwise channels are one group of single ones. */
export function packedGroups(conv: ConvTranspose2d, { channels }: TransposedOrder): number {
  return channels === 'depthwise' ? 1 : conv.groups;
}

export function blocksPerGroup(conv: ConvTranspose2d, order: TransposedOrder): number {
  return Math.ceil(conv.outChannels / packedGroups(conv, order) / order.filters);
}

export function floatsPerTap(conv: ConvTranspose2d, order: TransposedOrder): number {
  return slicesOf(conv, order) * order.filters;
}

/** C biases, then the taps. */
export function floatsPerBlock(conv: ConvTranspose2d, order: TransposedOrder): number {
  return order.filters + conv.kernelSize[0] * conv.kernelSize[1] * floatsPerTap(conv, order);
}

/** weight [Cin, Cout/g, kh, kw] and bias [Cout] in the program's order: the blocks from..to-1. */
export function packTransposed(
  conv: ConvTranspose2d,
  order: TransposedOrder,
  { weight, bias }: ParameterValues,
  [from, to]: Range,
): Float32Array<ArrayBuffer> {
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const perBlock = floatsPerBlock(conv, order);
  const perTap = floatsPerTap(conv, order);
  const blocks = blocksPerGroup(conv, order);
  const together = conv.outChannels / packedGroups(conv, order);
  const [filters, slices] = [conv.outChannels / conv.groups, conv.inChannels / conv.groups];
  const C = order.filters;
  const packed = new Float32Array((to - from) * perBlock);
  for (let block = from; block < to; block++) {
    const first = (block % blocks) * C;
    for (let inTogether = first; inTogether < Math.min(first + C, together); inTogether++) {
      const o = Math.floor(block / blocks) * together + inTogether;
      const start = (block - from) * perBlock + inTogether - first;
      packed[start] = bias?.[o] ?? 0;
      const firstChannel = Math.floor(o / filters) * slices;
      for (let c = 0; c < slices; c++) {
        const kernel = ((firstChannel + c) * filters + (o % filters)) * taps;
        for (let tap = 0; tap < taps; tap++) packed[start + C + tap * perTap + c * C] = weight[kernel + tap]!;
      }
    }
  }
  return packed;
}

/** Which weight `packTransposed` puts where: rows are input channels, and the filters of a group share them. */
export function transposedWalk(conv: ConvTranspose2d, order: TransposedOrder): WeightWalk {
  const taps = conv.kernelSize[0] * conv.kernelSize[1];
  const together = conv.outChannels / packedGroups(conv, order);
  const slices = conv.inChannels / conv.groups;
  return {
    filters: order.filters,
    hasBias: true,
    header: order.filters,
    perBlock: floatsPerBlock(conv, order),
    blocksPerGroup: blocksPerGroup(conv, order),
    filtersPerGroup: together,
    group: { filter: together, place: 0, channel: 0 },
    channels: slices,
    filter: { together: conv.outChannels / conv.groups, row: slices, place: taps },
    digits: [digit(1), digit(1), digit(taps, { place: 1 }), digit(slicesOf(conv, order), { row: 1, channel: 1 })],
    lanes: order.filters,
  };
}
