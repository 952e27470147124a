/** What runs of several widths or numbers of groups have come to, as points of charts; a run that has shown nothing yet has none. */
import type { MeasuredPoint } from '../../views/training/pointChart.ts';
import { errorOfShare, stepsToLoss, summaryOf } from './runSummary.ts';
import type { ShownRun } from './variantRun.ts';

export interface WidthCurves {
  /** Shares of right answers, 0..1. */
  readonly train: readonly MeasuredPoint[];
  readonly test: readonly MeasuredPoint[];
  readonly gap: readonly MeasuredPoint[];
  readonly msPerStep: readonly MeasuredPoint[];
  /** Share of the channels that are silent on the test images, 0..1. */
  readonly silent: readonly MeasuredPoint[];
  /** Pairs of nearly equal channels. */
  readonly copies: readonly MeasuredPoint[];
}

export function widthCurves(runs: readonly ShownRun[]): WidthCurves {
  const told = runs.map((run) => ({ x: run.variant.width, ...summaryOf(run) }));
  const points = (of: (summary: (typeof told)[number]) => readonly [y: number | null, error: number | null]) =>
    told.flatMap((summary): MeasuredPoint[] => {
      const [y, error] = of(summary);
      return y === null ? [] : [{ x: summary.x, y, error }];
    });
  return {
    train: points(({ trainAccuracy: share, trainImages }) => [
      share,
      share === null ? null : errorOfShare(share, trainImages),
    ]),
    test: points(({ testAccuracy }) =>
      testAccuracy ? [testAccuracy.share, errorOfShare(testAccuracy.share, testAccuracy.count)] : [null, null],
    ),
    gap: points(({ gap, gapError }) => [gap, gapError]),
    msPerStep: points(({ msPerStep }) => [msPerStep, null]),
    silent: points(({ silent }) => [silent, null]),
    copies: points(({ copies }) => [copies, null]),
  };
}

export interface CostOfLoss {
  readonly steps: readonly MeasuredPoint[];
  readonly seconds: readonly MeasuredPoint[];
}

/** Of the runs that have reached the loss: how many steps and seconds it took each number of groups. */
export function costOfLoss(runs: readonly ShownRun[], loss: number): CostOfLoss {
  const reached = runs.flatMap((run) => {
    const steps = stepsToLoss(run, loss);
    const { msPerStep } = summaryOf(run);
    return steps === null || msPerStep === null
      ? []
      : [{ x: run.variant.groups, steps, seconds: (steps * msPerStep) / 1000 }];
  });
  return {
    steps: reached.map(({ x, steps }) => ({ x, y: steps, error: null })),
    seconds: reached.map(({ x, seconds }) => ({ x, y: seconds, error: null })),
  };
}
