/** That networks other than the page's own learn, on any engine. */
import type { Engine } from '../../engine/engine.ts';
import { classifierOf } from '../../graph/training/classifier.ts';
import { drawShapes } from '../data/shapes.ts';
import { TrainingRun } from '../run/trainingRun.ts';
import { type SmallNetworkName, smallNetwork } from './smallNetworks.ts';
import { tinyRun } from './tinyRun.ts';

/** The mean losses of the first and of the last three of twelve steps, on drawn shapes of two kinds. */
export async function lossesOf(
  engine: Engine,
  name: SmallNetworkName,
): Promise<readonly [first: number, last: number]> {
  const data = drawShapes(64, 16, 1);
  const made = classifierOf(smallNetwork(name), [1, data.channels, data.height, data.width], data.classes);
  if (!made.ok) throw new Error(made.error.code);
  const augmentation = { flip: false, crop: 0 };
  // Every step sees the same sixteen images, in another order.
  const few = { ...data, pixels: data.pixels.slice(0, 16 * 16 * 16), labels: data.labels.slice(0, 16) };
  const schedule = { kind: 'constant' } as const;
  const configuration = tinyRun({ trainee: made.value, data: few, batch: 16, epochs: 12, augmentation, schedule });
  const run = await TrainingRun.start(engine, configuration);
  try {
    while (run.progress.state === 'running') await run.advance();
    const losses = run.results.map(({ loss }) => loss);
    const mean = (some: readonly number[]) => some.reduce((sum, loss) => sum + loss, 0) / some.length;
    return [mean(losses.slice(0, 3)), mean(losses.slice(-3))];
  } finally {
    run.free();
  }
}
