/** Every kind on the GPU against the float64 reference. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kindCases } from '../../../tests/support/cases/index.ts';
import type { Engine } from '../engine.ts';
import { expectExactOperator } from '../testing/exactOperator.ts';
import { createWebGPUEngine } from './index.ts';

const devices = [
  { name: 'the adapter’s limits', options: {} },
  { name: 'WebGPU’s default limits', options: { defaultLimits: true } },
  {
    name: 'weights in storage, no broadcast and so little speed that all work is cut',
    options: { traits: { canBroadcast: false, maxUniformBinding: 0 }, rate: 2e6 },
  },
];

describe.each(devices)('on a device with $name', ({ options }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu, ...options });
  });
  afterAll(() => engine.destroy());

  describe.each(kindCases)('$kind', ({ kind, random, edges }) => {
    it('is exact for random attributes, shapes and values', async () => {
      await fc.assert(
        fc.asyncProperty(random, async (one) => {
          expect(one.operator.kind).toBe(kind);
          await expectExactOperator(engine, one);
        }),
        { numRuns: 20, endOnFailure: true },
      );
    });

    it('is exact at the edges', async () => {
      for (const one of edges) await expectExactOperator(engine, one);
    });
  });
});
