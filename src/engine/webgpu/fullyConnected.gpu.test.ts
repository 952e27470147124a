import '../../operators/late.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { errorOfUnits } from '../testing/fullyConnected.ts';
import { createWebGPUEngine } from './index.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createWebGPUEngine({ gpu: navigator.gpu });
});
afterAll(() => engine.destroy());

it('units of a fully connected layer at 224 are their dot products in float64', async () => {
  expect(await errorOfUnits(engine, 64, [0, 1, 31, 63])).toBeLessThan(1e-5);
  expect(engine.counters.liveTensors).toBe(0);
});
