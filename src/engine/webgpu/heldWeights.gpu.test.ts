/** Weights that are tensors of the GPU. */
import '../../operators/late.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { differenceWithHeld, heldLayers } from '../testing/held.ts';
import { createWebGPUEngine } from './index.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createWebGPUEngine({ gpu: navigator.gpu });
});
afterAll(() => engine.destroy());

describe('weights that the GPU holds', () => {
  it.each(Object.entries(heldLayers))('give the bits of the same values, %s', async (_name, operator) => {
    expect(await differenceWithHeld(engine, operator)).toBe(0);
    expect(engine.counters.liveTensors).toBe(0);
  });
});
