/**
 * Tiles of programs that multiply blocks of four channels (`dense`, `transposed`). They are those of `tiles.ts`, but on software adapters that hand
 * weights out by subgroups, which were measured (docs/kernels.md): accumulators lie in memory there anyway, so that tiles are wide and any
 * multiple of four filters; lanes of a subgroup that have no pixel cost as much as those that have one; and threads share workgroups out,
 * however few invocations stand in one.
 */
import type { DeviceTraits } from './program.ts';
import { cheapest, denseFits, densePixels, filtersPerInvocation, type TileTraits } from './tiles.ts';

type WideTraits = TileTraits & Partial<Pick<DeviceTraits, 'canBroadcast' | 'broadcastLanes'>>;

interface Measured {
  readonly lanes: number;
  /** What four channels cost in multiply-adds: each vec4 of input, the weights of each filter, and a round of the loop. */
  readonly input: number;
  readonly weights: number;
  readonly round: number;
  readonly accumulators: number;
  readonly filters: number;
}

/** SwiftShader: its arithmetic is slow, and a loop with more loads outgrows the instruction cache. */
const four: Measured = { lanes: 4, input: 16, weights: 12, round: 32, accumulators: 160, filters: 20 };
/** llvmpipe: it waits for loads. */
const eight: Measured = { lanes: 8, input: 148, weights: 27, round: 0, accumulators: 128, filters: 32 };
const mostPixels = 8;

/** null: a device whose tiles are those of `tiles.ts`. */
function measuredOf({ canBroadcast = false, broadcastLanes }: WideTraits): Measured | null {
  if (!canBroadcast || broadcastLanes === undefined) return null;
  return broadcastLanes === 8 ? eight : four;
}

/** Four channels of P pixels times C filters. */
function cost({ input, weights, round }: Measured, P: number, C: number): number {
  return 4 * P * C + input * P + weights * C + round;
}

/** Most first. */
function wideFits({ accumulators }: Measured, C: number): readonly number[] {
  const most = Math.min(mostPixels, Math.floor(accumulators / C));
  return Array.from({ length: most }, (_, i) => most - i);
}

/** C for a group of `filters` output channels. Does not depend on the map, so that packed weights stay. */
export function blockFilters(filters: number, traits: WideTraits): number {
  const measured = measuredOf(traits);
  if (!measured) return filtersPerInvocation(filters);
  const perPixel = (C: number) => {
    const [P = 1] = wideFits(measured, C);
    return (Math.ceil(filters / C) * cost(measured, P, C)) / P;
  };
  let best = 4;
  for (let C = 8; C <= measured.filters; C += 4) if (perPixel(C) < perPixel(best)) best = C;
  return best;
}

/** Every P that there are texts for with C filters. */
export function blockFits(C: number, traits: WideTraits): readonly number[] {
  const measured = measuredOf(traits);
  return measured ? wideFits(measured, C) : denseFits(C);
}

/** P: pixels per invocation. */
export function blockPixels(C: number, pixels: number, repeats: number, traits: WideTraits): number {
  const measured = measuredOf(traits);
  if (!measured) return densePixels(C, pixels, repeats, traits);
  const subgroups = (P: number) => Math.ceil(pixels / P / measured.lanes);
  return cheapest(wideFits(measured, C), traits, (P) => cost(measured, P, C) * subgroups(P)) ?? 1;
}
