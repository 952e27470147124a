/** What is trained in the comparison: the small Network-in-Network on drawn shapes of 28 x 28, Adam at a constant rate. */
import { createBatches, rangeOf } from '../../src/training/data/batches.ts';
import { drawShapes } from '../../src/training/data/shapes.ts';
import type { TrainingConfiguration } from '../../src/training/run/trainingRun.ts';
import {
  type SmallNetwork,
  smallNetworkInNetwork,
  smallNetworkInput,
  smallNetworkLogits,
} from '../../src/training/smallNetworkInNetwork.ts';

export interface TrainingWorkload {
  readonly name: string;
  readonly groups: SmallNetwork['groups'];
  readonly batchNorm: boolean;
}

export const trainingWorkloads: readonly TrainingWorkload[] = [
  { name: 'one group', groups: 1, batchNorm: false },
  { name: 'four groups', groups: 4, batchNorm: false },
  { name: 'batch norms', groups: 1, batchNorm: true },
];

export const rate = 1e-3;
export const betas = [0.9, 0.999] as const;
export const eps = 1e-8;
const side = 28;

export function configurationOf({ groups, batchNorm }: TrainingWorkload, batch: number): TrainingConfiguration {
  const data = drawShapes(640, side, 1);
  const network = { channels: 1, classes: data.classes, groups, width: 1, batchNorm } as const;
  return {
    trainee: { graph: smallNetworkInNetwork(network), input: smallNetworkInput, logits: smallNetworkLogits },
    data,
    optimizer: { method: 'adam', learningRate: rate, betas, eps, weightDecay: 0 },
    schedule: { kind: 'constant' },
    augmentation: { flip: false, crop: 0 },
    batch,
    // More than any measurement takes.
    epochs: 1e5,
    seed: 7,
  };
}

/** The batches that the run of this configuration sees. */
export function batchesOf({ data, augmentation, seed, batch }: TrainingConfiguration) {
  return createBatches({ data, range: rangeOf(data), augmentation, seed, size: batch });
}
