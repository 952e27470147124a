import { describe, expect, it } from 'vitest';
import { exploreGraph } from '../../../graph/explore.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { layerCost } from './costTerms.ts';

describe('the cost of a layer', () => {
  it('is the textbook price for a plain 3x3 layer: 9(3·3²+1) parameters, 3·300·451·3²·9 operations', () => {
    const conv = createConv2d({
      inChannels: 3,
      outChannels: 9,
      kernelSize: [3, 3],
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
    });
    const cost = layerCost(exploreGraph(conv, 'none'), 'conv', [1, 3, 300, 451]);
    expect(cost?.output).toEqual([9, 300, 451]);
    expect(cost?.textbook).toEqual({ parameters: 252, operations: 32_877_900 });
    expect(cost?.exact).toEqual({ parameters: 252, operations: 32_877_900 });
    expect(cost?.activationBytes).toBe(9 * 300 * 451 * 4);
  });

  it('counts the taps that read zero padding as useless: 13 of 15 per axis on a 5x5 photo', () => {
    const conv = createConv2d({
      inChannels: 1,
      outChannels: 1,
      kernelSize: [3, 3],
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
    });
    const cost = layerCost(exploreGraph(conv, 'none'), 'conv', [1, 1, 5, 5]);
    expect(cost?.usefulShare).toBeCloseTo(169 / 225, 12);
  });

  it('differs from the textbook under stride and groups', () => {
    const conv = createConv2d({ inChannels: 4, outChannels: 8, kernelSize: [2, 2], stride: [2, 2], groups: 2 });
    const cost = layerCost(exploreGraph(conv, 'none'), 'conv', [1, 4, 8, 8]);
    expect(cost?.textbook).toEqual({ parameters: 8 * (4 * 4 + 1), operations: 4 * 8 * 8 * 4 * 8 });
    expect(cost?.exact).toEqual({ parameters: 8 * 2 * 4 + 8, operations: 8 * 2 * 4 * 4 * 4 });
  });

  it('has no price where there is no output', () => {
    const conv = createConv2d({ inChannels: 3, outChannels: 1, kernelSize: [9, 9] });
    expect(layerCost(exploreGraph(conv, 'none'), 'conv', [1, 3, 5, 5])).toBeNull();
  });
});
