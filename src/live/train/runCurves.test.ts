import { describe, expect, it } from 'vitest';
import { matrix } from '../../math/matrix.ts';
import { drawShapes } from '../../training/data/shapes.ts';
import type { Observation } from './observe.ts';
import { costOfLoss, widthCurves } from './runCurves.ts';
import { configured } from './testing/configured.ts';
import type { ShownRun } from './variantRun.ts';
import { scales, type Variant } from './variants.ts';

const train = drawShapes(40, 28, 1);

/** Four steps an epoch of ten images each. */
function run(
  variant: Variant,
  results: ShownRun['results'],
  observed: Partial<ShownRun['observations'][number]> | null,
) {
  const configuration = configured({ batchSize: 10 }, variant, scales.webgpu, train);
  const observation = { accuracy: { share: 0.5, count: 100 }, layers: [], pair: null, ...observed };
  return {
    ...{ variant, configuration, results, observations: observed ? [observation] : [] },
    ...{ step: results.length, milliseconds: 20 * results.length },
  } as unknown as ShownRun;
}
const pairOfCopies = (copies: number): Observation['pair'] => {
  const side = (layer: string) => ({ layer, node: layer });
  const moment = { whitened: matrix(1, 1), pearson: matrix(1, 1) };
  return { pair: { rows: side('conv2b'), columns: side('conv3a') }, moment, copies, images: 1, samples: 1 };
};
const steps = (...rights: readonly number[]) => rights.map((right) => ({ loss: 1, right }));

describe('the curves over the width', () => {
  it('have for each run what it has learned, how it does on the test, the gap, and their standard errors', () => {
    const layer = (channels: number, silent: number | null) => ({ layer: 'conv1a', channels, silent, update: null });
    const curves = widthCurves([
      run({ groups: 1, width: 0.5 }, steps(0, 0.5, 0.9, 0.9, 0.9), {
        pair: pairOfCopies(2),
        layers: [layer(8, 2), layer(8, 0), layer(10, null)],
      }),
      run({ groups: 1, width: 4 }, [], null),
    ]);
    // The last epoch: 40 images, (0.5 + 3 x 0.9) / 4 right.
    expect(curves.train).toEqual([
      { x: 0.5, y: expect.closeTo(0.8, 9), error: expect.closeTo(Math.sqrt(0.16 / 40), 9) },
    ]);
    expect(curves.test).toEqual([{ x: 0.5, y: 0.5, error: 0.05 }]);
    expect(curves.gap).toEqual([
      { x: 0.5, y: expect.closeTo(0.3, 9), error: expect.closeTo(Math.sqrt(0.004 + 0.0025), 9) },
    ]);
    expect(curves.msPerStep).toEqual([{ x: 0.5, y: 20, error: null }]);
    expect(curves.silent).toEqual([{ x: 0.5, y: 0.125, error: null }]);
    expect(curves.copies).toEqual([{ x: 0.5, y: 2, error: null }]);
  });
});

describe('what a loss costs', () => {
  it('is told in steps and seconds of the runs that have reached it', () => {
    const losses = (last: number) => Array.from({ length: 50 }, (_, i) => ({ loss: i < 25 ? 2 : last, right: 0 }));
    const runs = [run({ groups: 2, width: 1 }, losses(0.5), null), run({ groups: 8, width: 1 }, losses(1.5), null)];
    // The mean of 25 steps is 2 - 1.5 k / 25 after k of the lower ones: at most 1 from the 17th on.
    expect(costOfLoss(runs, 1)).toEqual({
      steps: [{ x: 2, y: 42, error: null }],
      seconds: [{ x: 2, y: expect.closeTo(0.84, 9), error: null }],
    });
  });
});
