/**
 * Tiles of windows of rows on a GPU: P rows and Q columns of C filters for one invocation. What a loaded value feeds is what counts there:
 * its address takes four vector operations (sum, border, clamp, bytes), and with few filters or a stride these are a fifth to a third of all.
 * Neighbouring rows share what they load, and so do neighbouring columns, which is why few filters are given Q columns: N rows of
 * M = KW + (Q-1) T input columns feed P Q outputs (docs/kernels.md).
 */
import type { DeviceTraits } from './program.ts';
import { deepWindowFits, isShort, type StripGeometry, stripsOf } from './tiles.ts';

/** Kernel, and rows and columns of the input from one output to the next, without what stride and dilation share. */
export interface WindowShape {
  readonly kernel: readonly [h: number, w: number];
  readonly S: number;
  readonly T: number;
}

export interface WindowTile {
  /** P: rows. */
  readonly pixels: number;
  /** Q. */
  readonly columns: number;
  /** C. */
  readonly filters: number;
}

/** A load, in vector operations: the four of its address, and about as long again in the memory's own units. */
const load = 8;
/** Of a vec4 of weights, a scalar load beside the vector operations: so that a tall tile wins where both are as good. */
const weights = 0.7;
const windowFilters = [4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48];
const windowRows = [16, 8, 5, 4, 3, 2, 1];
const columnCounts = [1, 2, 4];
/** More cost waves. */
const maxAccumulators = 72;
/** Vec4 multiply-adds of one text: two rows of 32 filters under a kernel of 16 rows. */
const maxTextFmas = 256;

/** Loads of one invocation for each channel (or block of four). */
function loads({ kernel: [kh, kw], S, T }: WindowShape, P: number, Q: number): number {
  return ((P - 1) * S + kh) * (kw + (Q - 1) * T);
}

/**
 * `window`, for groups of `filters` output channels: the least operations for all of them. Where the stride leaves two rows and two columns
 * little to share, C is wide. Does not depend on the map, so that packed weights stay: a map small enough to want fewer rows is done in
 * microseconds either way. null when no text is small enough.
 */
export function gpuWindow(filters: number, shape: WindowShape): WindowTile | null {
  const taps = shape.kernel[0] * shape.kernel[1];
  let best: WindowTile | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const Q of columnCounts) {
    for (const C of windowFilters) {
      const fits = (P: number) =>
        P * Q * C <= maxAccumulators && isShort(shape.kernel[0], shape.S, P, Q * C, maxTextFmas);
      const P = windowRows.find(fits);
      if (P === undefined) continue;
      const work = P * Q * taps * C + load * loads(shape, P, Q) + (weights * Q * taps * C) / 4;
      const cost = (Math.ceil(filters / C) * work) / (P * Q);
      if (cost < least) [best, least] = [{ pixels: P, columns: Q, filters: C }, cost];
    }
  }
  return best;
}

/** Outputs of an invocation of `deepWindow`: fewer share too little, more leave too few invocations. */
const leastDeepOutputs = 4;
const mostDeepOutputs = 8;

/**
 * `deepWindow` for groups of no more than four filters, of any number of channels in fours. A vec4 of input feeds only 16 multiply-adds of `dense`
 * there, and every sixth vector operation is an address. null where `dense` has no more to do: a kernel no larger than the stride, and
 * maps of so few rows or columns, or with rows so far apart, that tiles stand half outside.
 */
export function gpuDeepWindow(
  shape: WindowShape,
  strips: StripGeometry,
  columnStep: number,
  { busyInvocations }: Pick<DeviceTraits, 'busyInvocations'>,
): WindowTile | null {
  const C = 4;
  const { rows, width, repeats, rowStep } = strips;
  const perTap = 4 * C;
  const taps = shape.kernel[0] * shape.kernel[1];
  const time = (work: number, invocations: number) => work * Math.max(invocations * repeats, busyInvocations);
  const invocationsOf = (P: number, Q: number) => stripsOf(rows, P, rowStep) * stripsOf(width, Q, columnStep);
  const workOf = (P: number, Q: number) => P * Q * taps * perTap + load * loads(shape, P, Q);
  const ofDense = rows * width * taps * (perTap + load);
  let best: WindowTile | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const Q of columnCounts) {
    for (const P of deepWindowFits(shape.kernel[0], shape.S, C, Q)) {
      const isShared = P * Q >= leastDeepOutputs && P * Q <= mostDeepOutputs;
      if (!isShared || workOf(P, Q) * invocationsOf(P, Q) >= ofDense) continue;
      const cost = time(workOf(P, Q), invocationsOf(P, Q));
      if (cost < least) [best, least] = [{ pixels: P, columns: Q, filters: C }, cost];
    }
  }
  return best;
}
