/** What is measured of a run at each epoch: how well it does on test images, and how its two layers correlate. */

import { pearson, whitened } from '../../analysis/correlation.ts';
import { measureChannels } from '../../analysis/measureChannels.ts';
import type { Engine } from '../../engine/engine.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { plainBatch } from '../../training/data/batches.ts';
import { type Evaluation, evaluate } from '../../training/run/evaluate.ts';
import type { TrainingRun } from '../../training/run/trainingRun.ts';
import { smallNetworkPair } from '../../training/smallNetworkInNetwork.ts';
import type { Moment } from './groupFigure.ts';

/** Training images that matrices are taken from, in batches: 39,200 pixels of 14 x 14 maps, 400 for each of 96 channels. */
export const measuredImages = 200;
const perBatch = 100;

export interface Measured {
  readonly step: number;
  readonly test: Evaluation;
  readonly moment: Moment;
}

/** Rejects with EngineError, or with the signal's reason. */
export async function measureRun(
  engine: Engine,
  run: TrainingRun,
  test: LabelledImages,
  signal: AbortSignal,
): Promise<Measured> {
  const { step, range } = run;
  const { trainee, data } = run.configuration;
  const weights = await run.weights();
  const evaluation = await evaluate(engine, { trainee, weights, data: test, range }, signal);
  const images = Math.min(measuredImages, data.labels.length);
  const batches = Array.from({ length: Math.ceil(images / perBatch) }, (_, i) => {
    const count = Math.min(perBatch, images - i * perBatch);
    const shape = [count, data.channels, data.height, data.width] as const;
    const { images: values } = plainBatch(data, range, i * perBatch, count);
    return { graph: trainee.graph, parameters: weights, input: trainee.input, values, shape };
  });
  const wanted = { nodes: [], pair: smallNetworkPair };
  let moment: Moment | null = null;
  for await (const { pair } of measureChannels(engine, batches, wanted, signal))
    if (pair) moment = { whitened: whitened(pair), pearson: pearson(pair) };
  if (!moment) throw new Error('no images to measure');
  return { step, test: evaluation, moment };
}
