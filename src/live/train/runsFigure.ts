/** The figure of filter groups from runs in this page: what has been measured of each that has begun. */
import type { GroupFigure } from './groupFigure.ts';
import { measuredImages } from './measureRun.ts';
import type { RunState } from './trainDesk.ts';

/** Null before any run has begun. */
export function figureOfRuns(runs: readonly RunState[], testImages: number): GroupFigure | null {
  const columns = runs.flatMap(({ plan, measured }): GroupFigure['columns'] => {
    const [untrained, ...trained] = measured;
    if (!untrained) return [];
    const { groups, parameters, macs } = plan;
    const moments = trained.map(({ step, moment }) => ({ step, moment }));
    const accuracy = trained.at(-1)?.test.accuracy.share ?? null;
    return [{ groups, untrained: untrained.moment, trained: moments, parameters, macs, accuracy, published: null }];
  });
  const data = runs[0]?.plan.configuration.data;
  if (columns.length === 0 || !data) return null;
  const images = Math.min(measuredImages, data.labels.length);
  // conv2b stands behind one stride of 2; conv3a's maps are enlarged to its size.
  const samples = images * Math.ceil(data.height / 2) * Math.ceil(data.width / 2);
  return { columns, rowLayer: 'conv2b', columnLayer: 'conv3a', images, samples, testImages };
}
