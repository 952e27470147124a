/** How much of a weight one workgroup sums up: which text of `weightGradient.wgsl`. */
import type { WeightGradient } from './attributes.ts';

export interface WeightTile {
  /**
   * `scalar`: groups that do not come in fours, from planar maps. `depthwise`: four filters, each with its own channel. `products`: a workgroup's
   * tile of many filters, in `products.wgsl`.
   */
  readonly kind: 'blocks' | 'scalar' | 'depthwise' | 'products';
  readonly filters: number;
  /** Of `products`, blocks of four channels of a tap. */
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
}

/** Sums in registers: with their operands well within the 128 of the narrowest GPUs. */
export const mostSums = 72;
/** On software adapters, where what loads cost asks for large tiles and a text of more takes long to compile. */
export const fewSums = 64;
/** A loaded float, a tap's address and a position's, in multiply-adds. */
const loadCost = 1;
const tapCost = 6;
const positionCost = 16;

const partsOf = (size: number, tile: number) => Math.ceil(size / tile);
/** Sizes of at most `most` that cut an axis into parts as equal as can be. */
const evenly = (size: number, most: number) =>
  [...new Set(Array.from({ length: size }, (_, i) => Math.ceil(size / (i + 1))))].filter((part) => part <= most);

function kindOf({ inChannels, outChannels, groups }: WeightGradient): Exclude<WeightTile['kind'], 'products'> {
  const [slices, filters] = [inChannels / groups, outChannels / groups];
  if (slices === 1 && filters === 1 && groups >= 4) return 'depthwise';
  // A group alone is padded with zeros to whole blocks; less than a block is better read channel by channel.
  const comesInFours = groups === 1 || (slices % 4 === 0 && filters % 4 === 0);
  return comesInFours && slices >= 4 && filters >= 4 ? 'blocks' : 'scalar';
}

/** Of `products`: blocks of columns of a workgroup, and what it takes beside its multiply-adds, with 64 filters and with 32. */
const productColumns = 16;
const productTiles = [
  { filters: 64, beside: 1.1 },
  { filters: 32, beside: 1.2 },
] as const;

/** On a GPU: the tile of a workgroup, where filters, taps and channels fill one well enough that it has less to do than tiles of invocations. */
export function productTile(operator: WeightGradient): WeightTile | null {
  if (kindOf(operator) !== 'blocks') return null;
  const { groups, kernelSize } = operator;
  const [slices, filters] = [operator.inChannels / groups, operator.outChannels / groups];
  const columns = Math.ceil(slices / 4) * kernelSize[0] * kernelSize[1];
  const costs = productTiles.map(({ filters: O, beside }) => ({
    tile: { kind: 'products', filters: O, channels: productColumns, rows: 1, columns: 1 } as const,
    cost: partsOf(filters, O) * partsOf(columns, productColumns) * O * 4 * productColumns * beside,
  }));
  const best = costs.reduce((a, b) => (b.cost < a.cost ? b : a));
  return best.cost < bestTile(operator, mostSums).cost ? best.tile : null;
}

/** The tile with the least to do for the whole weight, what stands over its edges included. */
export function tileOf(operator: WeightGradient, most: number): WeightTile {
  return bestTile(operator, most).tile;
}

/** `cost`: operations of one position for the weights of a group. */
function bestTile(operator: WeightGradient, most: number): { readonly tile: WeightTile; readonly cost: number } {
  const kind = kindOf(operator);
  const [slices, filters] = [operator.inChannels / operator.groups, operator.outChannels / operator.groups];
  const [kh, kw] = operator.kernelSize;
  const sizes = {
    blocks: { filters: [4, 8], channels: [4, 8] },
    scalar: { filters: evenly(filters, 8), channels: evenly(slices, 8) },
    depthwise: { filters: [4], channels: [1] },
  }[kind];
  let best: WeightTile | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const O of sizes.filters)
    for (const C of sizes.channels)
      for (const R of evenly(kh, 8))
        for (const T of evenly(kw, 8)) {
          const sums = O * C * R * T;
          if (sums > most) continue;
          const tiles = partsOf(filters, O) * partsOf(slices, C) * partsOf(kh, R) * partsOf(kw, T);
          const read = kind === 'depthwise' ? 4 : C;
          const cost = tiles * (sums + loadCost * (O + read * R * T) + tapCost * R * T + positionCost);
          if (cost >= least) continue;
          least = cost;
          best = { kind, filters: O, channels: C, rows: R, columns: T };
        }
  if (!best) throw new Error('no tile');
  return { tile: best, cost: least };
}
