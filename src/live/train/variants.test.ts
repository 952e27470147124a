import { describe, expect, it } from 'vitest';
import { defaultTrain } from '../../store/train.ts';
import { drawShapes } from '../../training/data/shapes.ts';
import { configurationOf, priceOf, runName, scales, variantsOf } from './variants.ts';

const train = drawShapes(20, 28, 1);

describe('the runs of a training state', () => {
  it('are one for each number of filter groups; more groups have fewer weights and multiply-adds', () => {
    const plans = variantsOf(defaultTrain, scales.webgpu, train).map((variant) => {
      const { trainee } = configurationOf(defaultTrain, variant, scales.webgpu, { train, test: train });
      return { ...variant, ...priceOf(trainee.graph, train) };
    });
    expect(plans.map(({ groups }) => groups)).toEqual([1, 2, 4, 8, 16]);
    // Norms in the place of five biases: 46,826 with as many scales again.
    expect(plans[0]?.parameters).toBe(46_826 + 32 + 4 * 48);
    for (const [i, { parameters, macs }] of plans.slice(1).entries()) {
      expect(parameters).toBeLessThan(plans[i]?.parameters ?? 0);
      expect(macs).toBeLessThan(plans[i]?.macs ?? 0);
    }
  });

  it.each(['parameters', 'macs'] as const)('cost the same %s where that is asked for', (match) => {
    for (const scale of Object.values(scales)) {
      const state = { ...defaultTrain, match };
      const prices = variantsOf(state, scale, train).map((variant) => {
        const { trainee } = configurationOf(state, variant, scale, { train, test: train });
        return priceOf(trainee.graph, train)[match];
      });
      expect(prices).toHaveLength(5);
      for (const price of prices) expect(Math.abs(price / prices[0]! - 1)).toBeLessThan(0.02);
    }
  });

  it('are other runs where anything but the choice of variants changes', () => {
    const keyOf = (change: Partial<typeof defaultTrain>) => {
      const state = { ...defaultTrain, ...change };
      return variantsOf(state, scales.webgpu, train).map((variant) => runName(state, variant, scales.webgpu))[0];
    };
    expect(keyOf({ groups: [1] })).toBe(keyOf({}));
    expect(keyOf({ compare: 'widths', widths: [1] })).toBe(keyOf({}));
    for (const change of [{ seed: 1 }, { learningRate: 0.1 }, { groups: [2] }, { batchNorm: false }])
      expect(keyOf(change)).not.toBe(keyOf({}));
  });
});
