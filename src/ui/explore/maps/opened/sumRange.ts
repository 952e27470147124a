/**
 * One symmetric range for the partial maps, their sum and the response of a filter: the largest of their 1st and 99th percentiles in
 * size. The extremes mostly stand on the border of the picture alone and would make all the rest pale.
 */
import type { DisplayRange, MapStatistics } from '../../../../engine/engine.ts';
import type { Partials } from './partials.ts';

/** -1..1 while nothing is known. The channels first..first+count-1 are summed. */
export function sumRange(
  partials: Partials | null,
  channel: number,
  first: number,
  count: number,
): Extract<DisplayRange, { mode: 'fixed' }> {
  const total = partials?.linear?.[channel];
  const maps = [...(partials?.statistics.slice(first, first + count) ?? []), ...(total ? [total] : [])];
  const largest = (reach: (map: MapStatistics) => number) => Math.max(0, ...maps.map(reach));
  const inner = largest(({ p1, p99 }) => Math.max(Math.abs(p1), Math.abs(p99)));
  const outer = largest(({ min, max }) => Math.max(Math.abs(min), Math.abs(max)));
  const end = inner || outer || 1;
  return { mode: 'fixed', lo: -end, hi: end };
}
