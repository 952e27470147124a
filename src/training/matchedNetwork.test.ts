import '../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { costOf } from '../graph/cost.ts';
import { inferShapes } from '../graph/infer.ts';
import { matchedNetwork } from './matchedNetwork.ts';
import { type SmallNetwork, smallNetworkInNetwork, smallNetworkInput } from './smallNetworkInNetwork.ts';

const price = (by: 'parameters' | 'macs') => (network: SmallNetwork) => {
  const graph = smallNetworkInNetwork(network);
  const shapes = inferShapes(graph, { [smallNetworkInput]: [1, 1, 28, 28] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return costOf(graph, shapes.value).total[by];
};

const groupCounts = [1, 2, 4, 8, 16] as const;

describe('a network with filter groups at the price of the one without', () => {
  // At a third of the channels, as a processor is given, 16 groups leave the fewest choices.
  it.each([
    ['parameters', 1],
    ['macs', 1],
    ['parameters', 1 / 3],
    ['macs', 1 / 3],
    ['macs', 0.25],
  ] as const)('has its %s within 2 percent at width %f', (by, width) => {
    const plain = { channels: 1, classes: 10, groups: 1, width, batchNorm: true } as const;
    const target = price(by)(plain);
    for (const groups of groupCounts) {
      const matched = matchedNetwork({ ...plain, groups }, target, price(by));
      expect(Math.abs(price(by)(matched) / target - 1)).toBeLessThan(0.02);
      expect((48 * matched.width) % groups).toBeCloseTo(0, 9);
    }
  });

  it('is that one itself where there are no groups, and wider the more groups there are', () => {
    const plain = { channels: 1, classes: 10, groups: 1, width: 1, batchNorm: false } as const;
    const target = price('parameters')(plain);
    const widths = groupCounts.map((groups) =>
      Math.round(48 * matchedNetwork({ ...plain, groups }, target, price('parameters')).width),
    );
    expect(widths[0]).toBe(48);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(matchedNetwork(plain, target, price('parameters')).firstChannels).toBe(32);
  });
});
