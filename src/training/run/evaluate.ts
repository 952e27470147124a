/** How well a network with its weights as values does on images. */

import type { Engine } from '../../engine/engine.ts';
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import type { GraphParameters } from '../../graph/graph.ts';
import { forImages } from '../../graph/training/forImages.ts';
import { type Accuracy, accuracyOf } from '../data/accuracy.ts';
import { plainBatch, type Range } from '../data/batches.ts';
import { labelsInput, lossGraph, sumsNode, type Trainee } from './lossGraph.ts';

export interface Evaluation {
  /** The mean over all images. */
  readonly loss: number;
  readonly accuracy: Accuracy;
}

export interface Evaluated {
  readonly trainee: Trainee;
  readonly weights: GraphParameters;
  readonly data: LabelledImages;
  readonly range: Range;
}

/** In batches of `size`. Rejects with EngineError, or with the signal's reason. */
export async function evaluate(
  engine: Engine,
  { trainee, weights, data, range }: Evaluated,
  signal: AbortSignal,
  size = 100,
): Promise<Evaluation> {
  const graph = lossGraph({ ...trainee, graph: forImages(trainee.graph, size) });
  const count = data.labels.length;
  let [loss, right] = [0, 0];
  for (let first = 0; first < count; first += size) {
    signal.throwIfAborted();
    const { images, labels } = plainBatch(data, range, first, size);
    const given = await engine.upload(images, [size, data.channels, data.height, data.width]);
    const answers = await engine.upload(labels, [size, 1, 1, 1]);
    try {
      const inputs = { [trainee.input]: given, [labelsInput]: answers };
      const { tensors } = await engine.run({ graph, parameters: weights, inputs, outputs: [sumsNode] });
      const sums = tensors[sumsNode]!;
      const box = { channel: 0, channels: 2, y: 0, x: 0, height: 1, width: 1 };
      const [ofLoss, ofRight] = await engine.read(sums, box).finally(() => sums.free());
      loss += ofLoss!;
      right += ofRight!;
    } finally {
      given.free();
      answers.free();
    }
  }
  return { loss: loss / count, accuracy: accuracyOf(right, count) };
}
