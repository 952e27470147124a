import '../operators/late.ts';
import { expect, it } from 'vitest';
import { costOf } from '../graph/cost.ts';
import { inferShapes } from '../graph/infer.ts';
import { smallNetworkInNetwork, smallNetworkInput, smallNetworkLogits } from './smallNetworkInNetwork.ts';

it.each([
  // By hand: 832 + 1584 + (20736 / g + 48) + 2352 + (20736 / g + 48) + 490.
  [1, 46_826],
  [16, 7_946],
] as const)('with %i filter groups it has %i parameters and ten logits', (groups, parameters) => {
  const graph = smallNetworkInNetwork({ channels: 1, classes: 10, groups, width: 1, batchNorm: false });
  const shapes = inferShapes(graph, { [smallNetworkInput]: [2, 1, 28, 28] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  expect(shapes.value[smallNetworkLogits]).toEqual([2, 10, 1, 1]);
  expect(shapes.value.relu2b).toEqual([2, 48, 14, 14]);
  expect(costOf(graph, shapes.value).total.parameters).toBe(parameters);
});
