/** Taps moved by hand: one offset (and mask) for each tap of each offset group, the same at every position. */
import { bilinearCorners, type SamplingPoint } from '../../../../operators/deformConv2d/points.ts';
import { farthestOffset, type KindState, type MovedTap } from '../../../../store/kind.ts';

/** A thousandth of a pixel is finer than any hand. */
const tidy = (value: number) => Math.round(value * 1000) / 1000 || 0;
const within = (offset: number) => Math.min(farthestOffset, Math.max(-farthestOffset, tidy(offset)));

/** The offset of a sampling point, in pixels. */
export function offsetOf({ y, x, from }: SamplingPoint): { readonly dy: number; readonly dx: number } {
  return { dy: tidy(y - from.y), dx: tidy(x - from.x) };
}

/** The taps as they stand at one unit, to be taken in hand. */
export function tapsOf(points: readonly SamplingPoint[]): readonly MovedTap[] {
  return points.map((point) => ({ ...offsetOf(point), mask: tidy(point.mask) }));
}

/** `taps` with tap `index` (counted over all groups) changed, offsets as far as they may go. */
export function withTap(taps: readonly MovedTap[], index: number, change: Partial<MovedTap>): readonly MovedTap[] {
  return taps.map((tap, i) => {
    if (i !== index) return tap;
    const { dy, dx, mask } = { ...tap, ...change };
    return { dy: within(dy), dx: within(dx), mask };
  });
}

/** True where every tap stands on the regular grid and weighs 1. */
export function isRegular(points: readonly SamplingPoint[]): boolean {
  return points.every((point) => {
    const { dy, dx } = offsetOf(point);
    return dy === 0 && dx === 0 && tidy(point.mask) === 1;
  });
}

/**
 * The points of a unit for `state`, which may be a step ahead of the run that `points` belong to: those that are moved by hand follow the
 * hand at once. `height`, `width`: of what the layer reads.
 */
export function pointsOf(
  points: readonly SamplingPoint[],
  { offsets, attributes }: KindState,
  [height, width]: readonly [number, number],
): readonly SamplingPoint[] {
  if (offsets.by !== 'hand') return points;
  return points.map((point, i) => {
    const { dy, dx, mask } = offsets.taps[i] ?? { dy: 0, dx: 0, mask: 1 };
    const [y, x] = [point.from.y + dy, point.from.x + dx];
    return { ...point, y, x, mask: attributes.hasMask ? mask : 1, corners: bilinearCorners(y, x, height, width) };
  });
}
