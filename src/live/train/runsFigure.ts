/** The figure of filter groups from the runs of this page: untrained first, then a moment for each epoch. */
import type { GroupColumn, GroupFigure, Moment } from './groupFigure.ts';
import { isSamePair } from './layerPairs.ts';
import type { ShownRun } from './variantRun.ts';

/** The correlations of one pair of layers through the steps: of the one that the untrained network was observed with last. */
export function pairMoments({
  observations,
}: Pick<ShownRun, 'observations'>): readonly { step: number; moment: Moment }[] {
  const shown = observations[0]?.pair?.pair ?? null;
  return observations.flatMap(({ step, pair }) =>
    pair && isSamePair(pair.pair, shown) ? [{ step, moment: pair.moment }] : [],
  );
}

/** Of the pair that the untrained network was observed with last. Null until a network has been looked at, and where it has no pair. */
export function figureOfRuns(runs: readonly ShownRun[]): GroupFigure | null {
  const [run] = runs.filter(({ observations }) => observations.length > 0);
  const [untrained] = run?.observations ?? [];
  const shown = untrained?.pair;
  if (!untrained || !shown) return null;
  const columns = runs.flatMap((each): GroupColumn[] => {
    const [first, ...trained] = pairMoments(each);
    if (!first) return [];
    const { variant, price, observations } = each;
    const accuracy = observations.at(-1)?.accuracy.share ?? null;
    return [{ groups: variant.groups, untrained: first.moment, trained, ...price, accuracy, published: null }];
  });
  if (columns.length === 0) return null;
  const { pair, images, samples } = shown;
  const layers = { rowLayer: pair.rows.layer, columnLayer: pair.columns.layer };
  return { source: 'runs', columns, ...layers, images, samples, testImages: untrained.accuracy.count };
}
