import { describe, expect, it } from 'vitest';
import { optimizerStepOf, paceAt } from './optimizer.ts';
import { type Schedule, shareOfRate } from './schedule.ts';

const over = (schedule: Schedule, steps: number) =>
  Array.from({ length: steps }, (_, step) => shareOfRate(schedule, step, steps));

describe('the rate over the steps of a run', () => {
  it('rises over the first half and falls by half a cosine', () => {
    const close = (value: number) => expect.closeTo(value, 12);
    const falling = [1, 0.5 + Math.SQRT1_2 / 2, 0.5, 0.5 - Math.SQRT1_2 / 2].map(close);
    expect(over({ kind: 'cosine', warmUp: 0.5 }, 8)).toEqual([0.25, 0.5, 0.75, 1, ...falling]);
  });

  it('drops to a tenth after every half', () => {
    expect(over({ kind: 'step', every: 0.5, factor: 0.1 }, 4)).toEqual([1, 1, 0.1, 0.1]);
  });

  it('is a number at every step, however few there are', () => {
    expect(over({ kind: 'cosine', warmUp: 1 }, 1)).toEqual([1]);
    expect(over({ kind: 'step', every: 0, factor: 0.5 }, 1)).toEqual([1]);
  });

  it('is a part of the pace that the operator goes at; biases do not decay', () => {
    const optimizer = {
      method: 'adamw',
      learningRate: 0.5,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0.25,
    } as const;
    const schedule = { kind: 'step', every: 0.5, factor: 0.5 } as const;
    expect(optimizerStepOf(optimizer, true)).toMatchObject({ learningRate: 0.5, weightDecay: 0.25, decoupled: true });
    expect(optimizerStepOf(optimizer, false)).toMatchObject({ learningRate: 0.5, weightDecay: 0 });
    // At t = 3: 1 / (1 - 0.729) and 1 / sqrt(1 - 0.997002999).
    const [share, ofFirst, root] = paceAt(optimizer, schedule, [2, 4]);
    expect(share).toBe(0.5);
    expect(ofFirst).toBeCloseTo(3.690037, 5);
    expect(root).toBeCloseTo(18.266, 2);
  });
});
