/** One symmetric range for the partial maps, their sum and the response of a filter. */
import type { DisplayRange, MapStatistics } from '../../../../engine/engine.ts';
import type { Partials } from './partials.ts';

/** The largest |value| of them all (or of their percentiles); 1 while nothing is known. Channels first..first+count-1 are summed. */
export function sumRange(
  partials: Partials | null,
  channel: number,
  first: number,
  count: number,
  usePercentiles: boolean,
): Extract<DisplayRange, { mode: 'fixed' }> {
  const summed = partials?.statistics.slice(first, first + count) ?? [];
  const total = partials?.linear?.[channel];
  const reach = [...summed, ...(total ? [total] : [])].reduce(
    (most, map) => Math.max(most, reachOf(map, usePercentiles)),
    0,
  );
  const end = reach > 0 ? reach : 1;
  return { mode: 'fixed', lo: -end, hi: end };
}

function reachOf({ min, max, p1, p99 }: MapStatistics, usePercentiles: boolean): number {
  return usePercentiles ? Math.max(Math.abs(p1), Math.abs(p99)) : Math.max(Math.abs(min), Math.abs(max));
}
