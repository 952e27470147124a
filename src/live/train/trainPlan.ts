/** The runs of a training state as configurations: one for each number of filter groups, or for each width, alike in all else. */
import type { LabelledImages } from '../../formats/datasets/labelledImages.ts';
import { costOf } from '../../graph/cost.ts';
import { inferShapes } from '../../graph/infer.ts';
import '../../operators/late.ts';
import { sha256 } from '../../math/sha256.ts';
import { groupCounts, type TrainState } from '../../store/train.ts';
import type { Optimizer } from '../../training/optimizer.ts';
import type { TrainingConfiguration } from '../../training/run/trainingRun.ts';
import type { Schedule } from '../../training/schedule.ts';
import { smallNetworkInNetwork, smallNetworkInput, smallNetworkLogits } from '../../training/smallNetworkInNetwork.ts';

export interface PlannedRun {
  /** Equal keys, equal runs: names its checkpoint. */
  readonly key: string;
  readonly groups: (typeof groupCounts)[number];
  readonly width: number;
  readonly configuration: TrainingConfiguration;
  readonly parameters: number;
  /** Of one image. */
  readonly macs: number;
}

/** Of the rates over a run (Goyal et al. 2017 warm up over 5 of 90 epochs); steps fall to a tenth twice, as in He et al. 2016. */
const warmUp = 0.05;
const drops = { every: 1 / 3, factor: 0.1 } as const;

export function planTraining(state: TrainState, data: LabelledImages): readonly PlannedRun[] {
  const variants = state.compare === 'groups' ? groupCounts.filter((g) => state.groups.includes(g)) : state.widths;
  return variants.map((variant): PlannedRun => {
    const [groups, width] = state.compare === 'groups' ? [variant as PlannedRun['groups'], 1] : [1 as const, variant];
    const { channels, classes } = data;
    const graph = smallNetworkInNetwork({ channels, classes, groups, width, batchNorm: state.batchNorm });
    const shapes = inferShapes(graph, { [smallNetworkInput]: [1, channels, data.height, data.width] });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const { parameters, macs } = costOf(graph, shapes.value).total;
    const configuration: TrainingConfiguration = {
      trainee: { graph, input: smallNetworkInput, logits: smallNetworkLogits },
      data,
      optimizer: optimizerOf(state),
      schedule: scheduleOf(state),
      augmentation: { flip: state.augment.flip, crop: state.augment.crop ? Math.round(data.width / 8) : 0 },
      batch: Math.min(state.batchSize, data.labels.length),
      epochs: state.epochs,
      seed: state.seed,
    };
    return { key: keyOf(state, groups, width), groups, width, configuration, parameters, macs };
  });
}

function keyOf(state: TrainState, groups: number, width: number): string {
  const { compare: _compare, groups: _groups, widths: _widths, ...alike } = state;
  return sha256(new TextEncoder().encode(JSON.stringify([alike, groups, width])));
}

function optimizerOf({ optimiser, learningRate, momentum, weightDecay }: TrainState): Optimizer {
  if (optimiser === 'sgd') return { method: 'sgd', learningRate, momentum, nesterov: momentum > 0, weightDecay };
  return { method: optimiser, learningRate, betas: [momentum, 0.999], eps: 1e-8, weightDecay };
}

function scheduleOf({ schedule }: TrainState): Schedule {
  switch (schedule) {
    case 'constant':
      return { kind: 'constant' };
    case 'cosine':
      return { kind: 'cosine', warmUp };
    case 'step':
      return { kind: 'step', ...drops };
    default:
      schedule satisfies never;
      throw new Error('unknown schedule');
  }
}
