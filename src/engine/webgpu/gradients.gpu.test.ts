/** Backpropagation on the GPU, held to float64 and to differences of its own maps. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { differencesOn, expectExactGradient } from '../testing/exactGradient.ts';
import { expectExactParameterGradients } from '../testing/exactParameterGradients.ts';
import { smoothNetworks } from '../testing/smoothNetworks.ts';
import { createWebGPUEngine } from './index.ts';
import { randomValues } from './testing/exactness.ts';
import { networks } from './testing/networks.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createWebGPUEngine({ gpu: navigator.gpu });
});
afterAll(() => engine.destroy());

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

describe('gradients on the GPU', () => {
  it('are those of the float64 run, of random networks', async () => {
    await fc.assert(
      fc.asyncProperty(networks, async ({ graph, parameters, shape, outputs }) => {
        const input = { shape, values: randomValues(count(shape), 1) };
        const cotangent = (of: readonly number[]) => randomValues(count(of), 2);
        await expectExactGradient(engine, { graph, parameters, input, of: outputs[0]!, cotangent });
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('of all that a classifier learns are those of the float64 run, over a batch, with norms and dropout that train', async () => {
    expect(await expectExactParameterGradients(engine)).toBe(12);
  });

  it.each(smoothNetworks)('are what differences of its own maps say, of $name', async ({ network }) => {
    const direction = randomValues(network.input.values.length, 9);
    const { difference, derivative } = await differencesOn(engine, network, direction, 2e-3);
    expect(Math.abs(difference - derivative)).toBeLessThan(5e-3);
  });
});
