/** The walk through weights that are packed in a `WeightOrder`; other packings say theirs where they are planned. */
import { blocksPerGroup, comesInFours, lastFirstBlock, slicesOf, type WeightOrder } from './weights.ts';
import { digit, type WalkDigit, type WeightWalk } from './weightWalk.ts';

/** The walk of a packing in a `WeightOrder`: a filter is a row. */
export function walkOf(order: WeightOrder): WeightWalk {
  const [kh, kw] = order.kernel;
  const filters = order.outChannels / order.groups;
  const { members = 1 } = order;
  const perGroup = order.inChannels / order.groups;
  const channels = perGroup / members;
  const isShared = members > 1 || (comesInFours(order) && order.groups > 1 && perGroup % 4 !== 0);
  const digits = digitsOf(order);
  return {
    filters: order.filters,
    header: order.filters,
    perBlock: order.filters * (1 + slicesOf(order) * kh * kw),
    blocksPerGroup: blocksPerGroup(order),
    filtersPerGroup: filters,
    group: { filter: filters, place: 0, channel: 0 },
    channels,
    hasBias: true,
    filter: { together: 1, row: 1, place: 0 },
    digits,
    lanes: order.filters,
    ...(isShared && {
      shared: { filters: filters / members, channels, perGroup, lastBlock: lastFirstBlock(order), place: kh * kw },
    }),
  };
}

/** The digits of a tap, as `packWeights` counts them; the channel's step is a kernel. */
function digitsOf({ kernel: [kh, kw], ...order }: WeightOrder): WeightWalk['digits'] {
  const slices = slicesOf({ kernel: [kh, kw], ...order });
  const channels = (size: number, of = 1): WalkDigit => digit(size, { place: of * kh * kw, channel: of });
  const rows = digit(kh, { place: kw });
  const columns = digit(kw, { place: 1 });
  switch (order.taps) {
    case 'rows':
      return [digit(1), channels(slices), columns, rows];
    case 'blocks':
    case 'planes':
      return [digit(1), digit(1), digit(kh * kw, { place: 1 }), channels(slices)];
    case 'columns':
      return [channels(slices / 4, 4), columns, rows, channels(4)];
    default:
      order.taps satisfies never;
      throw new Error('unknown order of taps');
  }
}
