/** The configuration of one run of the small network, for tests. */
import type { LabelledImages } from '../../../formats/datasets/labelledImages.ts';
import { defaultNetwork } from '../../../store/network.ts';
import { defaultTrain, type TrainState } from '../../../store/train.ts';
import type { TrainingConfiguration } from '../../../training/run/trainingRun.ts';
import { configurationOf, type Scale, type Variant } from '../variants.ts';

export function configured(
  change: Partial<TrainState>,
  variant: Variant,
  scale: Scale,
  train: LabelledImages,
): TrainingConfiguration {
  const asked = { state: { ...defaultTrain, ...change }, network: defaultNetwork };
  const made = configurationOf(asked, variant, scale, { train, test: train });
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}
