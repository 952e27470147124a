/** In which order the maps stand: by number, or with the strongest or the sparsest first. */
import type { MapStatistics } from '../../engine/engine.ts';

/**
 * The channel in each slot. Statistics of another layer (fewer or more channels, or none yet) leave the order by number; equal
 * maps keep it.
 */
export function channelOrder(
  sort: 'index' | 'energy' | 'sparsity',
  statistics: readonly MapStatistics[] | null,
  count: number,
): readonly number[] {
  const channels = Array.from({ length: count }, (_, channel) => channel);
  if (sort === 'index' || statistics?.length !== count) return channels;
  const weight = (channel: number) => statistics[channel]?.[sort] ?? 0;
  return channels.sort((a, b) => weight(b) - weight(a) || a - b);
}
