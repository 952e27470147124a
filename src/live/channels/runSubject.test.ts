import { expect, it } from 'vitest';
import '../../operators/late.ts';
import { architecture } from '../../graph/architectures/index.ts';
import { inferShapes } from '../../graph/infer.ts';
import { classifierOf } from '../../graph/training/classifier.ts';
import { smallNetworkInNetwork, smallNetworkInput, smallNetworkLogits } from '../../training/smallNetworkInNetwork.ts';
import { testPicture } from '../testing/testPicture.ts';
import type { NetworkOfRun } from '../train/trainedNetworks.ts';
import { isRunModel, modelOfRun, runSubject } from './runSubject.ts';

const graph = smallNetworkInNetwork({ channels: 1, classes: 10, groups: 4, width: 1, batchNorm: true });
const run: NetworkOfRun = {
  name: 'run/…',
  variant: { groups: 4, width: 0.5 },
  step: 20,
  steps: 95,
  trainee: { graph, input: smallNetworkInput, logits: smallNetworkLogits },
  parameters: {},
  images: { channels: 1, height: 28, width: 28, classes: 10 },
  range: { mean: 0.25, deviation: 0.5 },
};

it('a run is named by what tells it from the others', () => {
  expect(modelOfRun(run)).toBe('run:4:0.5');
  expect(isRunModel(modelOfRun(run))).toBe(true);
  expect(isRunModel('network')).toBe(false);
});

it('reads a photo as it was trained to, at any size', () => {
  const subject = runSubject(run);
  expect(subject.nativeSide).toBe(28);
  const grey = { ...testPicture([28, 28]), channels: 1, values: Float32Array.of(0.25, 0.75, 0) };
  expect([...subject.read(grey)]).toEqual([0, 1, -0.5]);
  for (const side of [28, 45]) {
    const shapes = inferShapes(subject.graphAt(side, side, 3), { [subject.input]: [3, 1, side, side] });
    expect(shapes.ok && shapes.value[smallNetworkLogits]).toEqual([3, 10, 1, 1]);
  }
});

it('reads pictures as large as it was trained on where a fully connected layer is behind, as many as one likes', () => {
  const made = classifierOf(architecture('resnet18', [1, 1, 28, 28]), [1, 1, 28, 28], 10);
  if (!made.ok) throw new Error(made.error.code);
  const subject = runSubject({ ...run, trainee: made.value });
  expect(subject.fixedSize).toEqual([28, 28]);
  const shapes = inferShapes(subject.graphAt(28, 28, 3), { [subject.input]: [3, 1, 28, 28] });
  expect(shapes.ok && shapes.value[made.value.logits]).toEqual([3, 10, 1, 1]);
});

it('has every convolution with the groups, the norm and the activation behind it', () => {
  const layers = runSubject(run).layers;
  expect(layers.map(({ node, groups }) => [node, groups])).toEqual([
    ['conv1a', 1],
    ['conv1b', 1],
    ['conv2a', 4],
    ['conv2b', 1],
    ['conv3a', 4],
    ['conv3b', 1],
  ]);
  expect(layers[2]).toMatchObject({ response: 'relu2a', norm: 'norm2a', activation: 'relu' });
});
