/** The figure of filter groups from the runs of this page: untrained first, then a moment for each epoch. */
import { smallNetworkPair } from '../../training/smallNetworkInNetwork.ts';
import type { GroupColumn, GroupFigure } from './groupFigure.ts';
import type { ShownRun } from './variantRun.ts';

/** Null until a network has been looked at. */
export function figureOfRuns(runs: readonly ShownRun[]): GroupFigure | null {
  const columns = runs.flatMap(({ variant, price, observations }): GroupColumn[] => {
    const [first, ...later] = observations;
    if (!first) return [];
    return [
      {
        groups: variant.groups,
        untrained: first.moment,
        trained: later.map(({ step, moment }) => ({ step, moment })),
        ...price,
        accuracy: observations.at(-1)?.accuracy.share ?? null,
        published: null,
      },
    ];
  });
  const [run] = runs;
  const first = run?.observations[0];
  if (columns.length === 0 || !first) return null;
  const [rowLayer, columnLayer] = smallNetworkPair.map((node) => node.replace('relu', 'conv')) as [string, string];
  return { source: 'runs', columns, rowLayer, columnLayer, ...first.measured, testImages: first.accuracy.count };
}
