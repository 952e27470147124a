import { conv2dArithmetic } from '../../operators/conv2d/arithmetic.ts';
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Graph, GraphParameters, RunParameters } from '../../graph/graph.ts';
import { materialiseAll } from '../../graph/weights/drawnParameters.ts';
import { distributions } from '../../graph/weights/filterState.ts';
import { type ActivationName, activationNames } from '../../operators/activation/attributes.ts';
import { activate } from '../../operators/activation/reference.ts';
import { type Conv2d, type Padding, paddingModes } from '../../operators/conv2d/attributes.ts';
import { conv2d } from '../../operators/conv2d/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Engine } from '../engine.ts';
import { networks } from '../webgpu/testing/networks.ts';
import { createCpuEngine } from './index.ts';

const standard: Conv2d = {
  kind: 'conv2d',
  inChannels: 1,
  outChannels: 1,
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: 'valid',
  dilation: [1, 1],
  groups: 1,
  bias: false,
  paddingMode: 'zeros',
};

function graphOf(conv: Conv2d, activation: ActivationName): Graph {
  return {
    nodes: [
      { id: 'input', operator: { kind: 'input', channels: conv.inChannels }, inputs: [] },
      { id: 'conv', operator: conv, inputs: ['input'] },
      { id: 'activation', operator: { kind: 'activation', function: activation }, inputs: ['conv'] },
    ],
  };
}

/** Reproducible values in [-1, 1]. */
function noise(length: number, seed: number): Float32Array {
  let state = seed >>> 0 || 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom('valid' as const, 'full' as const),
  fc.record({ top: fc.nat(3), bottom: fc.nat(3), left: fc.nat(3), right: fc.nat(3) }),
);

const convolutions: fc.Arbitrary<{ conv: Conv2d; shape: Shape; seed: number; activation: ActivationName }> = fc
  .record({
    groups: fc.integer({ min: 1, max: 3 }),
    slices: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 4 }),
    kernelSize: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    stride: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    dilation: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    padding,
    bias: fc.boolean(),
    paddingMode: fc.constantFrom(...paddingModes),
    n: fc.integer({ min: 1, max: 2 }),
    h: fc.integer({ min: 1, max: 14 }),
    w: fc.integer({ min: 1, max: 14 }),
    seed: fc.nat(),
    activation: fc.constantFrom(...activationNames),
  })
  .map(({ groups, slices, filters, n, h, w, seed, activation, ...rest }) => ({
    conv: { kind: 'conv2d' as const, ...rest, groups, inChannels: groups * slices, outChannels: groups * filters },
    shape: [n, groups * slices, h, w] as const,
    seed,
    activation,
  }))
  .filter(({ conv, shape }) => conv2d.outputShape(conv, [shape]).ok);

function parametersFor(conv: Conv2d, seed: number): GraphParameters {
  const weight = noise(
    conv.outChannels * (conv.inChannels / conv.groups) * conv.kernelSize[0] * conv.kernelSize[1],
    seed + 1,
  );
  return { conv: { weight, bias: conv.bias ? noise(conv.outChannels, seed + 2) : null } };
}

describe('the CPU engine', () => {
  const engines: Engine[] = [];
  async function start(options: Parameters<typeof createCpuEngine>[0] = {}): Promise<Engine> {
    const engine = await createCpuEngine(options);
    engines.push(engine);
    return engine;
  }
  afterAll(() => {
    for (const engine of engines) engine.destroy();
  });

  async function expectExact(
    engine: Engine,
    sample: { conv: Conv2d; shape: Shape; seed: number; activation: ActivationName },
  ) {
    const { conv, shape, seed, activation } = sample;
    const values = noise(sizeOf(shape), seed);
    const parameters = parametersFor(conv, seed);
    const input = await engine.upload(values, shape);
    const run = await engine.run({
      graph: graphOf(conv, activation),
      inputs: { input },
      parameters,
      outputs: ['conv', 'activation'],
    });
    await run.completed;
    const { output, magnitude } = conv2dArithmetic.reference(conv, [{ shape, values }], parameters.conv ?? null);
    const [, channels, height, width] = output.shape;
    const formula = activate(activation);
    const whole = { channel: 0, channels, y: 0, x: 0, height, width };
    const linear = await engine.read(run.tensors.conv!, whole);
    const active = await engine.read(run.tensors.activation!, whole);
    expect(run.tensors.conv!.shape).toEqual(output.shape);
    for (let index = 0; index < linear.length; index += 1) {
      const bound = 1e-5 * (1 + magnitude[index]!);
      expect(Math.abs(linear[index]! - output.values[index]!)).toBeLessThanOrEqual(bound);
      expect(Math.abs(active[index]! - formula(output.values[index]!))).toBeLessThanOrEqual(1.13 * bound);
    }
    for (const tensor of [input, ...Object.values(run.tensors)]) tensor.free();
  }

  it('agrees with the float64 reference for every attribute', async () => {
    const engine = await start();
    await fc.assert(
      fc.asyncProperty(convolutions, (sample) => expectExact(engine, sample)),
      { numRuns: 150 },
    );
    expect(engine.counters.liveTensors).toBe(0);
  });

  it('agrees as well when no maps may be kept and every part is computed when it is read', async () => {
    const engine = await start({ budget: 0 });
    await fc.assert(
      fc.asyncProperty(convolutions, (sample) => expectExact(engine, sample)),
      { numRuns: 100 },
    );
    expect(engine.counters.liveTensors).toBe(0);
  });

  /** 1 x 4 x 4 of the values 1..16 under a 2 x 2 kernel of ones: each output is the sum of four neighbours. */
  async function sumsOfFour(engine: Engine) {
    const conv: Conv2d = { ...standard, kernelSize: [2, 2], stride: [2, 2] };
    const input = await engine.upload(
      Float32Array.from({ length: 16 }, (_, i) => i + 1),
      [1, 1, 4, 4],
    );
    const parameters: GraphParameters = { conv: { weight: new Float32Array([1, 1, 1, 1]), bias: null } };
    return { graph: graphOf(conv, 'none'), inputs: { input }, parameters, outputs: ['conv', 'activation'] };
  }

  it('gives the sums of 1..16 taken four at a time: 14, 22, 46, 54', async () => {
    for (const budget of [0, 1 << 20]) {
      const engine = await start({ budget });
      const run = await engine.run(await sumsOfFour(engine));
      const maps = run.tensors.activation!;
      expect([...(await engine.read(maps, { channel: 0, channels: 1, y: 0, x: 0, height: 2, width: 2 }))]).toEqual([
        14, 22, 46, 54,
      ]);
      expect([...(await engine.read(maps, { channel: 0, channels: 1, y: 1, x: 1, height: 1, width: 1 }))]).toEqual([
        54,
      ]);
      const [statistics] = await engine.statistics(maps);
      expect(statistics).toMatchObject({
        min: 14,
        max: 54,
        mean: 34,
        energy: (196 + 484 + 2116 + 2916) / 4,
        sparsity: 0,
      });
      // Bins of 10 over [14, 54]: 14 and 22 | none | none | 46 and 54, the last bin being closed.
      expect([...(await engine.histogram(maps, 0, 4, 14, 54))]).toEqual([2, 0, 0, 2]);
      expect([...(await engine.histogram(maps, 0, 2, 20, 50))]).toEqual([1, 1]);
    }
  });

  it('runs a stack of layers on the maps of the layer before', async () => {
    const engine = await start();
    const one: Conv2d = { ...standard, kernelSize: [1, 1] };
    const graph: Graph = {
      nodes: [
        { id: 'x', operator: { kind: 'input', channels: 1 }, inputs: [] },
        { id: 'a', operator: one, inputs: ['x'] },
        { id: 'relu', operator: { kind: 'activation', function: 'relu' }, inputs: ['a'] },
        { id: 'b', operator: one, inputs: ['relu'] },
      ],
    };
    const weight = (w: number) => ({ weight: new Float32Array([w]), bias: null });
    const x = await engine.upload(new Float32Array([-1, 2]), [1, 1, 1, 2]);
    const run = await engine.run({ graph, inputs: { x }, parameters: { a: weight(3), b: weight(5) }, outputs: ['b'] });
    expect([
      ...(await engine.read(run.tensors.b!, { channel: 0, channels: 1, y: 0, x: 0, height: 1, width: 2 })),
    ]).toEqual([0, 30]);
    expect(run.programs).toEqual(['conv2d k1 s1 + relu', 'conv2d k1 s1']);
  });

  it('allocates nothing when the same sizes come again', async () => {
    const engine = await start();
    const request = await sumsOfFour(engine);
    async function once() {
      const run = await engine.run(request);
      await run.completed;
      for (const tensor of Object.values(run.tensors)) tensor.free();
      return engine.counters.allocations;
    }
    await once();
    const allocations = await once();
    for (let i = 0; i < 5; i += 1) expect(await once()).toBe(allocations);
  });

  it('gives up a run whose tensors are freed, and finishes the next one', async () => {
    const engine = await start();
    const conv: Conv2d = { ...standard, inChannels: 3, outChannels: 16, kernelSize: [15, 15] };
    const input = await engine.upload(noise(3 * 400 * 400, 1), [1, 3, 400, 400]);
    const request = {
      graph: graphOf(conv, 'relu'),
      inputs: { input },
      parameters: parametersFor(conv, 1),
      outputs: ['activation'],
    };
    const start0 = performance.now();
    const first = await engine.run(request);
    first.tensors.activation!.free();
    await first.completed;
    // 1.6 G multiplications take far longer than this on any machine.
    expect(performance.now() - start0).toBeLessThan(500);
    const second = await engine.run(await sumsOfFour(engine));
    await second.completed;
    expect([
      ...(await engine.read(second.tensors.conv!, { channel: 0, channels: 1, y: 0, x: 0, height: 1, width: 2 })),
    ]).toEqual([14, 22]);
  });

  it('says how long one run takes, by the wall, and never 0', async () => {
    const engine = await start();
    const timing = await engine.time(await sumsOfFour(engine));
    expect(timing.method).toBe('wall');
    expect(timing.ms).toBeGreaterThan(0);
    expect(timing.ms * timing.runs).toBeGreaterThanOrEqual(10);
  });

  it('gives each of several readers of maps that are not kept their own values', async () => {
    const engine = await start({ budget: 0 });
    const conv = { ...standard, inChannels: 2, outChannels: 4, padding: { top: 1, bottom: 1, left: 1, right: 1 } };
    const input = await engine.upload(noise(2 * 24 * 32, 3), [1, 2, 24, 32]);
    const run = await engine.run({
      graph: graphOf(conv, 'none'),
      inputs: { input },
      parameters: { conv: { weight: noise(4 * 2 * 9, 4), bias: null } },
      outputs: ['conv'],
    });
    const maps = run.tensors.conv!;
    const rows = [0, 5, 11, 17, 23].map((y) => ({ channel: 0, channels: 4, y, x: 0, height: 1, width: 32 }));
    // Asked for while the run goes on: all are answered at once when it has ended.
    const together = await Promise.all(rows.map((region) => engine.read(maps, region)));
    await run.completed;
    for (const [i, region] of rows.entries()) expect(together[i]).toEqual(await engine.read(maps, region));
  });

  it('refuses a freed tensor, a foreign tensor and a region outside', async () => {
    const engine = await start();
    const other = await start();
    const tensor = await engine.upload(new Float32Array(4), [1, 1, 2, 2]);
    await expect(other.statistics(tensor)).rejects.toMatchObject({ name: 'EngineError' });
    await expect(
      engine.read(tensor, { channel: 0, channels: 1, y: 1, x: 0, height: 2, width: 2 }),
    ).rejects.toMatchObject({ name: 'EngineError' });
    await expect(engine.upload(new Float32Array(3), [1, 1, 2, 2])).rejects.toMatchObject({ name: 'EngineError' });
    tensor.free();
    tensor.free();
    await expect(engine.statistics(tensor)).rejects.toMatchObject({ name: 'EngineError' });
    expect(engine.counters.liveTensors).toBe(0);
  });

  it('rejects what waits when it is destroyed', async () => {
    const engine = await createCpuEngine();
    const run = await engine.run(await sumsOfFour(engine));
    const statistics = engine.statistics(run.tensors.conv!);
    engine.destroy();
    await expect(statistics).rejects.toMatchObject({ code: 'device-lost' });
    await expect(engine.upload(new Float32Array(1), [1, 1, 1, 1])).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('draws weights where it uses them: the maps are those of the same weights given as values', async () => {
    const recipes = fc.record({
      kind: fc.constant('drawn' as const),
      distribution: fc.constantFrom(...distributions),
      seed: fc.nat(),
      stream: fc.nat(),
    });
    const both = [await start(), await start({ budget: 0 })];
    await fc.assert(
      fc.asyncProperty(networks, recipes, async ({ graph, parameters: given, shape, outputs }, recipe) => {
        const drawn = Object.fromEntries(Object.keys(given).map((id) => [id, recipe]));
        for (const engine of both) {
          const input = await engine.upload(noise(sizeOf(shape), 1), shape);
          const mapsWith = async (parameters: RunParameters) => {
            const { tensors } = await engine.run({ graph, inputs: { input }, parameters, outputs });
            const values = outputs.map((id) => {
              const [, channels, height, width] = tensors[id]!.shape;
              return engine.read(tensors[id]!, { channel: 0, channels, y: 0, x: 0, height, width });
            });
            const maps = await Promise.all(values);
            for (const tensor of Object.values(tensors)) tensor.free();
            return maps;
          };
          expect(await mapsWith(drawn)).toEqual(await mapsWith(materialiseAll(graph, drawn)));
          input.free();
        }
      }),
      { numRuns: 8 },
    );
  });
});
