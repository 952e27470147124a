/** A run in numbers: how well it does on what it learns and on what it has not seen, what a step costs, and when it reaches a loss. */
import type { ShownRun } from './variantRun.ts';

export interface RunSummary {
  /** Share of right answers in the steps of the last epoch; null before the first step. */
  readonly trainAccuracy: number | null;
  /** Images whose answers those are. */
  readonly trainImages: number;
  /** As observed last. */
  readonly testAccuracy: ShownRun['observations'][number]['accuracy'] | null;
  /** trainAccuracy - testAccuracy: what is learned by heart. */
  readonly gap: number | null;
  /** Its standard error: of both shares, as of independent images. */
  readonly gapError: number | null;
  readonly msPerStep: number | null;
  /** Share of the channels behind a ReLU that are silent on the test images. */
  readonly silent: number | null;
  /** Nearly equal pairs of channels in the second layer of the pair. */
  readonly copies: number | null;
}

export function summaryOf({ configuration, results, observations, step, milliseconds }: ShownRun): RunSummary {
  const perEpoch = Math.max(1, Math.round(configuration.data.labels.length / configuration.batch));
  const newest = results.slice(-perEpoch);
  const trainAccuracy = newest.length > 0 ? newest.reduce((sum, { right }) => sum + right, 0) / newest.length : null;
  const trainImages = newest.length * configuration.batch;
  const last = observations.at(-1);
  const layers = last?.layers.filter(({ silent }) => silent !== null) ?? [];
  const channels = layers.reduce((sum, layer) => sum + layer.channels, 0);
  return {
    ...{ trainAccuracy, trainImages },
    testAccuracy: last?.accuracy ?? null,
    gap: trainAccuracy !== null && last ? trainAccuracy - last.accuracy.share : null,
    gapError:
      trainAccuracy !== null && last
        ? Math.hypot(errorOfShare(trainAccuracy, trainImages), errorOfShare(last.accuracy.share, last.accuracy.count))
        : null,
    msPerStep: step > 0 ? milliseconds / step : null,
    silent: channels > 0 ? layers.reduce((sum, { silent }) => sum + (silent ?? 0), 0) / channels : null,
    copies: last?.pair?.copies ?? null,
  };
}

/** The standard error of a share of n images: sqrt(p (1 - p) / n). */
export const errorOfShare = (share: number, images: number): number => Math.sqrt((share * (1 - share)) / images);

/** Steps until the mean loss of `window` steps is at most `loss`; null where it has not been yet. */
export function stepsToLoss({ results }: Pick<ShownRun, 'results'>, loss: number, window = 25): number | null {
  let sum = 0;
  for (const [i, result] of results.entries()) {
    sum += result.loss - (results[i - window]?.loss ?? 0);
    if (i >= window - 1 && sum / window <= loss) return i + 1;
  }
  return null;
}
