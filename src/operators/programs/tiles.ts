/**
 * How many pixels (P) and filters (C) one invocation computes. A larger tile loads less per multiply-add; a smaller one makes more
 * invocations and wastes less at ragged ends. Both are weighed in one estimate of time, in multiply-adds of one invocation:
 *
 *   time = (multiply-adds + loads * loadCost + start) * max(invocations, busy)
 *
 * where a device is not faster for having fewer invocations than keep it busy.
 */
import type { DeviceTraits } from './program.ts';

/** A load at a computed index, in multiply-adds. Software adapters pay about this; on GPUs it stands for latency. */
const loadCost = 4;
/** What an invocation costs before its first tap. */
const startCost = 32;
/** Accumulators per invocation: more spill or lose too many waves. */
const maxAccumulators = 64;
/** Bounds of one program's text: loads of a window, and vec4 multiply-adds written out. Compile time grows faster than the text. */
const maxWindowLoads = 48;
const maxTextFmas = 192;

/** C for a group of `filters` output channels: few wasted lanes, but a wide block where it fits. Depends on nothing else, so that packed weights stay. */
export function filtersPerInvocation(filters: number): 4 | 8 | 16 {
  const cost = (C: number) => Math.ceil(filters / C) * C * (1 + 3 / C);
  return ([16, 8, 4] as const).reduce((best, C) => (cost(C) < cost(best) ? C : best));
}

export type TileTraits = Pick<DeviceTraits, 'busyInvocations' | 'pixels'>;

export interface StripGeometry {
  readonly rows: number;
  readonly width: number;
  /** Blocks of filters times batch. */
  readonly repeats: number;
  /** Rows between the rows of one invocation. */
  readonly rowStep: number;
}

/** Strips of P rows, `rowStep` apart, that cover `rows`. */
export function stripsOf(rows: number, P: number, rowStep: number): number {
  return Math.ceil(rows / (P * rowStep)) * rowStep;
}

/** Every P of `window` whose text is small enough, for Q columns. */
export function windowFits(kernelHeight: number, S: number, C: number, Q = 1): readonly number[] {
  return [8, 4, 2, 1].filter((P) => P * Q * C <= maxAccumulators && isShort(kernelHeight, S, P, Q * C));
}

/** Whether the text of `window` is, for P rows of as many filters, those of its columns together; `most`: vec4 multiply-adds. */
export function isShort(kernelHeight: number, S: number, P: number, filters: number, most = maxTextFmas): boolean {
  return (P - 1) * S + kernelHeight <= maxWindowLoads && (P * kernelHeight * filters) / 4 <= most;
}

/**
 * P of `window`, for a kernel of `kernelHeight` rows and S input rows per output row; null when no text is small enough. On a GPU not
 * below `leastRows`, where that fits: software adapters alone have no vector slots to lose to loads and addresses.
 */
export function windowRows(
  kernelHeight: number,
  S: number,
  C: number,
  geometry: StripGeometry,
  traits: TileTraits & Partial<Pick<DeviceTraits, 'canBroadcast'>>,
  leastRows = 1,
): number | null {
  const fits = windowFits(kernelHeight, S, C);
  const wide = fits.filter((P) => P >= Math.min(leastRows, fits[0] ?? 1));
  return cheapest(traits.canBroadcast || traits.pixels !== undefined ? fits : wide, traits, (P) => {
    const invocations = stripsOf(geometry.rows, P, geometry.rowStep) * geometry.width * geometry.repeats;
    const work = P * kernelHeight * C + loadCost * ((P - 1) * S + kernelHeight) + startCost;
    return work * Math.max(invocations, traits.busyInvocations);
  });
}

/** Rows that an invocation of `rolling` goes down at most: more save little, and the executor cuts between strips alone. */
const mostRollingRows = 64;
/** Fewer rows load too many twice, above and below. */
const leastRollingRows = 4;
/** Output rows that an input row serves at most: each but one is a sum that every round carries on. */
const mostServed = 16;

/**
 * Rows and columns of one invocation of `rolling`, on software adapters. null where an input row does not serve two output rows or serves
 * very many, or the text would be too long: it writes out all kernel weights.
 *
 * Columns: two where neighbours share input columns, which takes a tenth to a fifth off; of kernels above 3 x 3 on eight lanes (llvmpipe) alone,
 * since the loop of SwiftShader outgrows the instruction cache there and takes a third to a half longer. Rows: the fewest rounds of
 * all subgroups, where each strip has ceil(KH / S) - 1 rounds that complete no row.
 */
export function rollingTile(
  [kernelHeight, kernelWidth]: readonly [h: number, w: number],
  S: number,
  T: number,
  columnStep: number,
  { rows, width, repeats, rowStep }: StripGeometry,
  { busyInvocations, pixels, broadcastLanes: lanes = 4 }: TileTraits & Pick<DeviceTraits, 'broadcastLanes'>,
): { readonly rows: number; readonly columns: number } | null {
  const fits = (Q: number) => kernelHeight * kernelWidth * Q <= maxTextFmas;
  const served = Math.ceil(kernelHeight / S);
  if (served < 2 || served > mostServed || !fits(1)) return null;
  const isShortLoop = lanes === 8 || kernelHeight * kernelWidth <= 9;
  const columns = T === 1 && isShortLoop && fits(2) ? 2 : 1;
  if (pixels !== undefined) return { rows: pixels, columns };
  const across = stripsOf(width, columns, columns > 1 ? columnStep : 1);
  const rounds = (P: number) => {
    const invocations = stripsOf(rows, P, rowStep) * across;
    // A software adapter's threads share workgroups out, however few invocations stand in one.
    const idle = Math.max(1, busyInvocations / (64 * Math.ceil(invocations / 64) * repeats));
    return (P + served - 1) * Math.ceil(invocations / lanes) * idle;
  };
  const inStep = Math.ceil(rows / rowStep);
  let best = Math.min(inStep, mostRollingRows);
  for (let P = best; P >= Math.min(leastRollingRows, best); P--) if (rounds(P) < rounds(best)) best = P;
  return { rows: best, columns };
}

/** What `rolling lanes` is for, and the scalar multiply-adds of its text, which are a quarter as long as those of vec4. */
const leastLaneTaps = 10;
const maxLaneFmas = 256;
const mostLaneColumns = { shared: 4, strided: 3 } as const;

/**
 * Rows and columns of four invocations of `rolling lanes`, on SwiftShader alone. null elsewhere, and for kernels that `rolling` serves as well
 * (3 x 3, where the loads of two columns in vec4 are as few) or that leave no room for two columns. A strip has its own subgroup, so that no
 * lane is idle in the last one: the whole height, unless a workgroup would be all that there is.
 */
export function laneTile(
  [kernelHeight, kernelWidth]: readonly [h: number, w: number],
  S: number,
  T: number,
  { rows, rowStep }: Pick<StripGeometry, 'rows' | 'rowStep'>,
  { pixels, broadcastLanes = 4 }: TileTraits & Pick<DeviceTraits, 'broadcastLanes'>,
): { readonly rows: number; readonly columns: number } | null {
  const taps = kernelHeight * kernelWidth;
  const served = Math.ceil(kernelHeight / S);
  if (broadcastLanes !== 4 || taps < leastLaneTaps || served < 2 || served > mostServed) return null;
  const columns = Math.min(T === 1 ? mostLaneColumns.shared : mostLaneColumns.strided, Math.floor(maxLaneFmas / taps));
  if (columns < 2) return null;
  return { rows: pixels ?? Math.min(Math.ceil(rows / rowStep), mostRollingRows), columns };
}

/** Bounds of the text of `deepWindow`: rows in registers, and vec4 multiply-adds written out. */
const maxDeepLoads = 12;
const maxDeepFmas = 320;

/** Every P of `deepWindow` with whose text loads are used more than once, for Q columns; of one column, two rows at least. */
export function deepWindowFits(kernelHeight: number, S: number, C: number, Q = 1): readonly number[] {
  if (Q === 1 && kernelHeight <= S) return [];
  return [8, 4, 2, 1].filter((P) => {
    const isSmall = (P - 1) * S + kernelHeight <= maxDeepLoads && P * Q * kernelHeight * C <= maxDeepFmas;
    return P * Q > 1 && P * Q * C <= maxAccumulators && isSmall;
  });
}

/** Every P of `taps`. */
export const tapFits: readonly number[] = [4, 2, 1];

/** P of `taps`: like the window, but nothing is used twice. */
export function tapRows(C: number, geometry: StripGeometry, traits: TileTraits): number {
  const P = cheapest(tapFits, traits, (P) => {
    const invocations = stripsOf(geometry.rows, P, geometry.rowStep) * geometry.width * geometry.repeats;
    return (P * C + loadCost * P + startCost) * Math.max(invocations, traits.busyInvocations);
  });
  return P ?? 1;
}

/** Every P of `dense`. */
export function denseFits(C: number): readonly number[] {
  return [8, 4, 2, 1].filter((P) => P * C <= maxAccumulators);
}

/** P of `dense`: pixels per invocation. */
export function densePixels(C: number, pixels: number, repeats: number, traits: TileTraits): number {
  const P = cheapest(denseFits(C), traits, (P) => {
    const work = 4 * P * C + 4 * loadCost * P + loadCost * C + startCost;
    return work * Math.max(Math.ceil(pixels / P) * repeats, traits.busyInvocations);
  });
  return P ?? 1;
}

/** The candidate of least cost, or the one that is asked for. */
export function cheapest(
  candidates: readonly number[],
  { pixels }: Pick<TileTraits, 'pixels'>,
  cost: (candidate: number) => number,
): number | null {
  if (pixels !== undefined && candidates.includes(pixels)) return pixels;
  let best: number | null = null;
  for (const candidate of candidates) {
    if (best === null || cost(candidate) < cost(best)) best = candidate;
  }
  return best;
}
