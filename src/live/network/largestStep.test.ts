import { expect, it } from 'vitest';
import { defaultNetwork } from '../../store/network.ts';
import { testPicture } from '../testing/testPicture.ts';
import { largestStep } from './largestStep.ts';
import { createLayerFilterBook } from './layerFilterBook.ts';
import { createPlanner } from './networkPlan.ts';

it('the largest step of VGG-16 at 64 is one between two maps of 64 channels: 2 x 64 x 64 x 64 floats', () => {
  const planner = createPlanner(createLayerFilterBook());
  const { graph, shapes } = planner.plan({ ...defaultNetwork, layers: 'vgg16' }, testPicture([64, 64]), 64);
  expect(largestStep(graph, shapes)).toEqual({ node: 'features.1', bytes: 2 * 4 * 64 * 64 * 64 });
});
