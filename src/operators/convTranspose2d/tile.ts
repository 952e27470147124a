/** Which text computes a transposed convolution, with which tile, and how many workgroups of it there are. */
import { greatestCommonDivisor } from '../../math/integers.ts';
import type { Pair, Shape } from '../operator.ts';
import type { DeviceTraits } from '../programs/program.ts';
import { cheapest, densePixels, filtersPerInvocation, stripsOf, windowRows } from '../programs/tiles.ts';
import { blockFilters, blockPixels } from '../programs/wideTiles.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { blocksPerGroup, type TransposedOrder } from './weights.ts';

export interface TransposedTile extends TransposedOrder {
  /** P: outputs of one invocation, of one phase or, `together`, of all. */
  readonly pixels: number;
  /** T: the most kernel rows of a phase; depthwise alone. */
  readonly taps: number;
  /** The stride along both axes, where an invocation computes all phases of a place. */
  readonly together?: Pair;
  readonly workgroups: number;
}

/** P on a GPU: eight pixels of eight filters take 168 registers here, which leave eight waves of sixteen. */
const mostPixels = 4;

/** `output`: [N, Cout, OH, OW]. */
export function tileOf(conv: ConvTranspose2d, output: Shape, traits: DeviceTraits): TransposedTile {
  const [images, , height, width] = output;
  const [slices, filters] = [conv.inChannels / conv.groups, conv.outChannels / conv.groups];
  const [sy, sx] = conv.stride;
  const phases = sy * sx;
  const [rows, columns] = [Math.ceil(height / sy), Math.ceil(width / sx)];
  if (slices === 1 && filters === 1 && conv.groups > 1) {
    const common = greatestCommonDivisor(sy, conv.dilation[0]);
    const rowStep = conv.dilation[0] / common;
    const taps = Math.ceil(conv.kernelSize[0] / (sy / common));
    const repeats = phases * Math.ceil(conv.groups / 4) * images;
    const pixels = windowRows(taps, 1, 4, { rows, width: columns, repeats, rowStep }, traits);
    if (pixels !== null) {
      const workgroups = Math.ceil((stripsOf(rows, pixels, rowStep) * columns) / 64) * phases;
      return { channels: 'depthwise', filters: 4, pixels, taps, workgroups };
    }
  }
  const inFours = conv.groups === 1 || (slices % 4 === 0 && filters % 4 === 0);
  const isBlocked = inFours && slices > 2;
  const order = {
    channels: isBlocked ? 'blocks' : 'planes',
    filters: isBlocked ? blockFilters(filters, traits) : filtersPerInvocation(filters),
  } as const;
  const together = togetherTile(conv, output, order, traits);
  if (together) return { ...order, ...together };
  const repeats = phases * conv.groups * blocksPerGroup(conv, order) * images;
  const most = traits.canBroadcast ? Number.POSITIVE_INFINITY : mostPixels;
  const pixels = Math.min(
    most,
    (isBlocked ? blockPixels : densePixels)(order.filters, rows * columns, repeats, traits),
  );
  return { ...order, pixels, taps: 0, workgroups: Math.ceil((rows * columns) / pixels / 64) * phases };
}

/** Accumulators of an invocation of `together`. */
const mostSums = 64;
/** What a loaded value has to feed, in multiply-adds for each phase: with more, every phase may as well load for itself. */
const enoughFed = 32;
const loadCost = 16;
const startCost = 32;

/**
 * All phases of B places, on a GPU: for so few filters that a loaded value, a vec4 of blocks or one of planes, would feed too little of
 * one phase. null where a dilation keeps the phases' inputs apart, or they have too many sums together.
 */
function togetherTile(
  conv: ConvTranspose2d,
  [images, , height, width]: Shape,
  order: TransposedOrder,
  traits: DeviceTraits,
): Omit<TransposedTile, keyof TransposedOrder> | null {
  const { stride, dilation, padding } = conv;
  const phases = stride[0] * stride[1];
  const fed = order.filters * (order.channels === 'blocks' ? 4 : 1);
  const isAligned = stride.every((step, axis) => step === 1 || dilation[axis] === 1);
  if (traits.canBroadcast || phases === 1 || fed >= enoughFed || !isAligned) return null;
  const placesOf = (size: number, step: number, crop: number) =>
    Math.floor((size - 1 + crop) / step) - Math.floor(crop / step) + 1;
  const places = placesOf(height, stride[0], padding.top) * placesOf(width, stride[1], padding.left);
  const repeats = images * conv.groups * blocksPerGroup(conv, order);
  const fits = [4, 2, 1].filter((B) => B * phases * order.filters <= mostSums);
  const B = cheapest(fits, traits, (B) => {
    const work = B * phases * fed + loadCost * B + startCost;
    return work * Math.max(Math.ceil(places / B) * repeats, traits.busyInvocations);
  });
  if (B === null) return null;
  return { pixels: B * phases, taps: 0, together: stride, workgroups: Math.ceil(places / B / 64) };
}
