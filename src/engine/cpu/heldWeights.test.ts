/** Weights that are tensors of the CPU engine. */
import '../../operators/late.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { differenceWithHeld, heldLayers } from '../testing/held.ts';
import { createCpuEngine } from './index.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

describe('weights that the CPU engine holds', () => {
  it.each(Object.entries(heldLayers))('give the bits of the same values, %s', async (_name, operator) => {
    expect(await differenceWithHeld(engine, operator)).toBe(0);
    expect(engine.counters.liveTensors).toBe(0);
  });
});
