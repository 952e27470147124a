import { describe, expect, it } from 'vitest';
import { optimizerStepAt } from './optimizer.ts';
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

  it('is a part of the step that the operator takes; biases do not decay', () => {
    const optimizer = {
      method: 'adamw',
      learningRate: 0.5,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0.25,
    } as const;
    const schedule = { kind: 'step', every: 0.5, factor: 0.5 } as const;
    expect(optimizerStepAt(optimizer, schedule, [2, 4], true)).toMatchObject({
      ...{ learningRate: 0.25, weightDecay: 0.25, decoupled: true, step: 3 },
    });
    expect(optimizerStepAt(optimizer, schedule, [0, 4], false)).toMatchObject({ learningRate: 0.5, weightDecay: 0 });
  });
});
