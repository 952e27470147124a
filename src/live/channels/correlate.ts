/** What is told of a pair of layers from their second moments (docs/channels.md): large eigenproblems, so a worker runs it. */
import { orderByCluster } from '../../analysis/channelOrder.ts';
import { canonicalCorrelations, defaultRidge, pearson, pearsonWithin, whitened } from '../../analysis/correlation.ts';
import { type NearCopy, nearCopies } from '../../analysis/nearCopies.ts';
import type { PairMoments } from '../../analysis/secondMoments.ts';
import type { Matrix } from '../../math/matrix.ts';

export interface Correlations {
  /** Pixels of all images. */
  readonly samples: number;
  /** [C1, C2] each. */
  readonly pearson: Matrix;
  readonly whitened: Matrix;
  readonly ridge: number;
  /** Descending, min(C1, C2) of them. */
  readonly canonical: Float64Array;
  /** Within the first layer: channels that are nearly copies, the nearest first. */
  readonly copies: readonly NearCopy[];
  /** Orders in which similar channels of a layer stand together: place → channel. */
  readonly clusters: { readonly rows: readonly number[]; readonly columns: readonly number[] };
}

/** From here on a pair may be called copies, and as many are told of. */
const leastLikeness = 0.5;
const mostCopies = 512;

export function correlate(moments: PairMoments): Correlations {
  const m = whitened(moments, defaultRidge);
  const rows = orderByCluster(pearsonWithin(moments.first));
  return {
    samples: moments.between.count,
    pearson: pearson(moments),
    whitened: m,
    ridge: defaultRidge,
    canonical: canonicalCorrelations(m),
    copies: nearCopies(moments.first, leastLikeness).slice(0, mostCopies),
    clusters: {
      rows,
      columns: moments.first === moments.second ? rows : orderByCluster(pearsonWithin(moments.second)),
    },
  };
}
