/** A run that is over in seconds: a quarter of the small network on drawn shapes. */
import { drawShapes } from '../data/shapes.ts';
import type { TrainingConfiguration } from '../run/trainingRun.ts';
import { smallNetworkInNetwork, smallNetworkInput, smallNetworkLogits } from '../smallNetworkInNetwork.ts';

export const tinyTest = drawShapes(200, 16, 2);

export function tinyRun(changes: Partial<TrainingConfiguration> = {}, batchNorm = true): TrainingConfiguration {
  const data = drawShapes(400, 16, 1);
  const network = { channels: 1, classes: data.classes, groups: 2, width: 0.25, batchNorm } as const;
  return {
    trainee: { graph: smallNetworkInNetwork(network), input: smallNetworkInput, logits: smallNetworkLogits },
    data,
    optimizer: { method: 'adamw', learningRate: 0.01, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0.01 },
    schedule: { kind: 'cosine', warmUp: 0.1 },
    augmentation: { flip: true, crop: 1 },
    batch: 20,
    epochs: 2,
    seed: 7,
    ...changes,
  };
}
