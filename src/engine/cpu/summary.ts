/**
 * What is known of maps as a whole: statistics of each, and previews of those that are too large to keep. Both come from one
 * walk over the maps, a few at a time, and are remembered.
 */
import { type Maps, mapsBox, previewOf, readBox } from './maps.ts';
import { type MapFacts, mapStatistics } from './statistics.ts';
import type { Pause, Threads } from './threads.ts';

/** Maps that are only described are computed in parts of about this many values. */
const valuesAtOnce = 4 << 20;

/** Statistics of all maps of batch 0, in channel order; makes previews on the way where the maps are not kept. */
export async function summarise(
  maps: Maps,
  threads: Threads,
  pause: Pause,
  isUnwanted: () => boolean,
): Promise<readonly MapFacts[]> {
  const [, channels, height, width] = maps.shape;
  const plane = height * width;
  const atOnce = maps.values ? 1 : Math.max(1, Math.floor(valuesAtOnce / plane));
  for (let c0 = 0; c0 < channels && !isUnwanted(); c0 += atOnce) {
    const c1 = Math.min(channels, c0 + atOnce);
    if (maps.statistics[c1 - 1]) continue;
    if (maps.values) {
      maps.statistics[c0] = mapStatistics(maps.values, c0 * plane, plane);
      if (plane > 1 << 14) await pause();
      continue;
    }
    const values = await readBox(maps, mapsBox(maps.shape, c0, c1), threads, isUnwanted);
    if (isUnwanted()) break;
    for (let c = c0; c < c1; c += 1) {
      const start = (c - c0) * plane;
      maps.statistics[c] = mapStatistics(values, start, plane);
      maps.previews[c] = previewOf(values.subarray(start, start + plane), width, height);
    }
  }
  return maps.statistics.filter((known) => known !== undefined);
}
