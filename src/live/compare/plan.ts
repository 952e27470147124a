/** A comparison worked out before any map of it is computed: wiring, reach and price of every column. Unchanged parts stay the same objects. */
import type { WeightSources } from '../../graph/weights/materialise.ts';
// The rules of every operator that a column may have: whoever has this file has them.
import '../../operators/late.ts';
import type { Shape } from '../../operators/operator.ts';
import type { CompareState } from '../../store/compare.ts';
import type { Picture } from '../results.ts';
import { type ColumnNetwork, columnNetwork, type StemNetwork, stemNetwork } from './comparison.ts';

export interface PlannedColumn extends ColumnNetwork {
  /** What it was made from, beside the bank. */
  readonly key: string;
}

export interface PlannedStem extends StemNetwork {
  /** What it was made from, beside the picture. */
  readonly key: string;
  /** [1, C, H, W] */
  readonly photo: Shape;
}

export interface ComparisonPlan {
  readonly compare: CompareState;
  readonly picture: Picture;
  readonly stem: PlannedStem;
  /** One for each column of the workspace, in their order. */
  readonly columns: readonly PlannedColumn[];
}

/** `sources` must have the bank. Throws where a column has no output on a picture of this size. */
export function planComparison(
  compare: CompareState,
  picture: Picture,
  sources: WeightSources,
  former: ComparisonPlan | null,
): ComparisonPlan {
  if (former?.compare === compare && former.picture === picture) return former;
  const stem = planStem(compare, picture, sources, former?.stem ?? null);
  const columns = compare.columns.map((column): PlannedColumn => {
    const key = columnKey(column, compare);
    const same = former?.stem === stem && former.columns.find((each) => each.key === key);
    return same || { ...columnNetwork(column, compare, stem), key };
  });
  return { compare, picture, stem, columns };
}

function planStem(
  compare: CompareState,
  { channels, height, width }: Picture,
  sources: WeightSources,
  former: PlannedStem | null,
): PlannedStem {
  const key = stemKey(compare);
  const photo: Shape = [1, channels, height, width];
  if (former?.key === key && former.photo.every((side, axis) => side === photo[axis])) return former;
  return { ...stemNetwork(compare, photo, sources), key, photo };
}

/** The seed matters to a random bank alone. */
function stemKey({ stem, seed }: CompareState): string {
  return JSON.stringify(stem.bank === 'random' ? [stem, seed] : [stem]);
}

function columnKey(column: CompareState['columns'][number], { outChannels, seed }: CompareState): string {
  return JSON.stringify([column, outChannels, seed]);
}
