/** Backpropagation on the CPU engine, held to float64 and to differences of its own maps. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { differencesOn, expectExactGradient } from '../testing/exactGradient.ts';
import { expectExactParameterGradients } from '../testing/exactParameterGradients.ts';
import { smoothNetworks } from '../testing/smoothNetworks.ts';
import { randomValues } from '../webgpu/testing/exactness.ts';
import { networks } from '../webgpu/testing/networks.ts';
import { createCpuEngine } from './index.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

describe('gradients on the CPU engine', () => {
  it('are those of the float64 run, of random networks', async () => {
    await fc.assert(
      fc.asyncProperty(networks, async ({ graph, parameters, shape, outputs }) => {
        const input = { shape, values: randomValues(count(shape), 1) };
        const cotangent = (of: readonly number[]) => randomValues(count(of), 2);
        await expectExactGradient(engine, { graph, parameters, input, of: outputs[0]!, cotangent });
      }),
      { numRuns: 40 },
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
