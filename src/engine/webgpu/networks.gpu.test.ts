/** Whole networks on the GPU against the float64 run: whatever is fused, repacked, reused and left out, the answers are the same. */
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrawnParameters, RunParameters } from '../../graph/graph.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { materialiseAll, streamOf } from '../../graph/weights/drawnParameters.ts';
import { distributions } from '../../graph/weights/filterState.ts';
import type { Engine, RunStep } from '../engine.ts';
import { createWebGPUEngine } from './index.ts';
import { randomValues } from './testing/exactness.ts';
import { type Network, NetworkBuilder, networks } from './testing/networks.ts';

/** Runs the network, holds every wanted value to |error| <= 1e-5 (1 + scale), and expects that nothing stays behind. */
async function expectExactNetwork(
  engine: Engine,
  { graph, parameters, shape, outputs }: Omit<Network, 'parameters'> & { readonly parameters: RunParameters },
): Promise<readonly RunStep[]> {
  const values = randomValues(
    shape.reduce((a, b) => a * b),
    1,
  );
  const expected = runReference(graph, { input: { shape, values } }, materialiseAll(graph, parameters));
  const before = engine.counters.liveTensors;
  const input = await engine.upload(values, shape);
  const run = await engine.run({ graph, inputs: { input }, parameters, outputs });
  await run.completed;
  for (const id of outputs) {
    const tensor = run.tensors[id]!;
    const { output, magnitude } = expected[id]!;
    expect(tensor.shape).toEqual(output.shape);
    const [, channels, height, width] = output.shape;
    const read = await engine.read(tensor, { channel: 0, channels, y: 0, x: 0, height, width });
    read.forEach((value, i) => {
      const error = Math.abs(value - output.values[i]!) / (1 + magnitude[i]!);
      if (error <= 1e-5) return;
      const steps = run.steps.map(({ node, fused }) => [node, ...fused].join('+')).join(', ');
      expect.fail(`${id}[${i}] is ${value} instead of ${output.values[i]} (${steps})`);
    });
    tensor.free();
  }
  input.free();
  expect(engine.counters.liveTensors).toBe(before);
  return run.steps;
}

const devices = [
  { name: 'the adapter’s limits', options: {} },
  {
    name: 'a small GPU’s: weights in storage, no broadcast, small bindings',
    options: { defaultLimits: true, traits: { canBroadcast: false, maxUniformBinding: 0, busyInvocations: 16384 } },
  },
  { name: 'so little memory that most maps are not kept', options: { memoryBudget: 560_000 } },
];

describe.each(devices)('networks on a device with $name', ({ options }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu, ...options });
  });
  afterAll(() => engine.destroy());

  it('give the answers of the float64 run, at random', async () => {
    await fc.assert(
      fc.asyncProperty(networks, async (network) => {
        await expectExactNetwork(engine, network);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('give them too where the device draws the weights, with norms folded into them and without', async () => {
    const some = fc.record({ distribution: fc.constantFrom(...distributions), seed: fc.nat(), norms: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(networks, some, async (network, { norms, ...recipe }) => {
        const parameters = network.graph.nodes.flatMap(({ id, operator }) => {
          const values = network.parameters[id];
          if (!values) return [];
          const isGiven = operator.kind === 'batch_norm2d' && !norms;
          const drawn: DrawnParameters = { kind: 'drawn', stream: streamOf(id), ...recipe };
          return [[id, isGiven ? values : drawn] as const];
        });
        await expectExactNetwork(engine, { ...network, parameters: Object.fromEntries(parameters) });
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  it('compute a residual block in two programs, and its maps before the activation when they are wanted', async () => {
    const network = new NetworkBuilder([1, 8, 7, 9]);
    const block = network.residualBlock(network.conv('input', 8));
    const sum = network.nodes.at(-2)!.id;
    for (const outputs of [[block], [sum, block]]) {
      const steps = await expectExactNetwork(engine, network.build(outputs));
      if (options.memoryBudget) continue;
      expect(steps.map(({ fused }) => fused.map((id) => id.split(' ')[0]))).toEqual([
        [],
        ['batch_norm2d', 'activation'],
        ['batch_norm2d', 'arithmetic', 'activation'],
      ]);
    }
  });
});
