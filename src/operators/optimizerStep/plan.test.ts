/** What steps of an optimiser ask of the device. */
import { expect, it } from 'vitest';
import type { Shape } from '../operator.ts';
import type { AdamStep } from './attributes.ts';
import { planOptimizerStep } from './plan.ts';

it('has one program for all tensors and rates, whose numbers are uniforms', () => {
  const adam = { kind: 'optimizer_step', method: 'adam', weightDecay: 0, betas: [0.9, 0.999], eps: 1e-8 } as const;
  const at = (learningRate: number, count: number) => {
    const operator: AdamStep = { ...adam, decoupled: false, learningRate };
    const shapes: readonly Shape[] = [
      [1, 1, 3, count],
      [count, 1, 1, 1],
      [1, 1, 1, 3],
    ];
    return planOptimizerStep(operator, shapes, { maxWorkgroupsPerDimension: 65535 }).passes[0]!;
  };
  const [first, second] = [at(0.1, 8), at(0.05, 9)];
  expect(second.program).toBe(first.program);
  const [before, after] = [first, second].map(({ dispatch }) => new Uint32Array(dispatch.uniforms));
  expect(after).not.toEqual(before);
});
