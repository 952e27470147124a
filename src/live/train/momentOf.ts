/** Both correlations of a pair of layers: at once where that is quick, else off the main thread. */
import { pearson, whitened } from '../../analysis/correlation.ts';
import type { PairMoments } from '../../analysis/secondMoments.ts';
import { correlateAside } from '../channels/correlateAside.ts';
import type { Moment } from './groupFigure.ts';

/** Channels whose eigenproblem takes some hundredths of a second. */
const mostHere = 96;

/** Rejects with the signal's reason, or why the worker failed. */
export async function momentOf(moments: PairMoments, signal: AbortSignal): Promise<Moment> {
  const { rows, columns } = moments.between.products;
  if (Math.max(rows, columns) <= mostHere) return { whitened: whitened(moments), pearson: pearson(moments) };
  const told = await correlateAside(moments, signal);
  return { whitened: told.whitened, pearson: told.pearson };
}
