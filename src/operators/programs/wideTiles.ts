/**
 * Tiles of programs that multiply blocks of four channels (`dense`, `transposed`). They are those of `tiles.ts`, but on a software adapter with
 * subgroups of eight lanes (llvmpipe), which was measured: a load costs as much as 37 multiply-adds of vec4, so tiles are wide, accumulators
 * lie in memory anyway, and lanes of a subgroup that have no pixel cost as much as those that have one.
 */
import type { DeviceTraits } from './program.ts';
import { cheapest, denseFits, densePixels, filtersPerInvocation, type TileTraits } from './tiles.ts';

type WideTraits = TileTraits & Partial<Pick<DeviceTraits, 'canBroadcast' | 'broadcastLanes'>>;

const lanes = 8;
const mostFilters = 32;
const mostPixels = 8;
const mostAccumulators = 128;
/** In multiply-adds of one invocation: a vec4 of input, and four weights of a filter, read once and handed out to all lanes. */
const inputCost = 148;
const weightsCost = 27;

const isWide = ({ canBroadcast, broadcastLanes }: WideTraits) => canBroadcast === true && broadcastLanes === lanes;

/** Four channels of P pixels times C filters. */
const cost = (P: number, C: number) => 4 * P * C + inputCost * P + weightsCost * C;

/** Most first. */
function wideFits(C: number): readonly number[] {
  const most = Math.min(mostPixels, Math.floor(mostAccumulators / C));
  return Array.from({ length: most }, (_, i) => most - i);
}

/** C for a group of `filters` output channels. Does not depend on the map, so that packed weights stay. */
export function blockFilters(filters: number, traits: WideTraits): number {
  if (!isWide(traits)) return filtersPerInvocation(filters);
  const perPixel = (C: number) => {
    const [P = 1] = wideFits(C);
    return (Math.ceil(filters / C) * cost(P, C)) / P;
  };
  let best = 4;
  for (let C = 8; C <= mostFilters; C += 4) if (perPixel(C) < perPixel(best)) best = C;
  return best;
}

/** Every P that there are texts for with C filters. */
export function blockFits(C: number, traits: WideTraits): readonly number[] {
  return isWide(traits) ? wideFits(C) : denseFits(C, traits);
}

/** P: pixels per invocation. A software adapter's threads share workgroups out, however few invocations stand in one. */
export function blockPixels(C: number, pixels: number, repeats: number, traits: WideTraits): number {
  if (!isWide(traits)) return densePixels(C, pixels, repeats, traits);
  const subgroups = (P: number) => Math.ceil(pixels / P / lanes);
  return cheapest(wideFits(C), traits, (P) => cost(P, C) * subgroups(P)) ?? 1;
}
