/** Depthwise layers row by row, against the float64 reference over the edges of their strips. */
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReference } from '../../graph/referenceRun.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { DirectChoice } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { createWebGPUEngine } from './index.ts';
import { Chosen } from './testing/chosen.ts';
import { createConv2d, onEverySide, outputSizeOf } from './testing/convolutions.ts';
import { type Case, expectExact, randomValues } from './testing/exactness.ts';
import { NetworkBuilder } from './testing/networks.ts';

const rolling = (
  pixels: number,
  columns: number,
  algorithm: 'rolling' | 'rolling lanes' = 'rolling',
): DirectChoice => ({
  algorithm,
  pixels,
  columns,
  filters: 4,
});
const depthwise = (channels: number, rest: Partial<Conv2d>) =>
  createConv2d({ inChannels: channels, outChannels: channels, groups: channels, kernelSize: [3, 3], ...rest });

const upTo = (min: number, max: number) => fc.integer({ min, max });

/** Small enough for a software adapter, with few texts: compiling one takes a while there. */
const layer: fc.Arbitrary<Case> = fc
  .record({
    channels: upTo(4, 10),
    kernelSize: fc.constantFrom([3, 3] as const, [2, 4] as const),
    stride: fc.tuple(upTo(1, 2), upTo(1, 3)),
    dilation: fc.tuple(upTo(1, 3), upTo(1, 3)),
    size: fc.tuple(upTo(1, 19), upTo(1, 13)),
    images: fc.constantFrom(1, 1, 2),
    padding: fc.record({ top: upTo(0, 4), bottom: upTo(0, 4), left: upTo(0, 4), right: upTo(0, 4) }),
    bias: fc.boolean(),
    activation: fc.constantFrom('none', 'relu'),
    isDual: fc.boolean(),
    seed: upTo(1, 1e6),
  })
  .map(({ channels, size, images, activation, isDual, seed, ...rest }): Case => {
    const conv = depthwise(channels, rest);
    return { conv, shape: [images, channels, ...size], activation, isDual, seed };
  })
  .filter(({ conv, shape }) => outputSizeOf(conv, shape) > 0);

const devices: readonly {
  readonly name: string;
  readonly traits: Partial<DeviceTraits>;
  readonly runs: number;
}[] = [
  { name: 'with weights by broadcast', traits: {}, runs: 12 },
  {
    name: 'without broadcast, with weights in storage buffers',
    traits: { canBroadcast: false, maxUniformBinding: 0 },
    runs: 8,
  },
];

describe.each(devices)('on a device $name', ({ traits, runs }) => {
  const chosen = new Chosen();
  beforeAll(() => chosen.open({ defaultLimits: true, traits }));
  afterAll(() => chosen.engine.destroy());

  it('is exact for random attributes, shapes, strips and activations', async () => {
    const one = fc.tuple(layer, upTo(1, 9), upTo(1, 2), fc.constantFrom('rolling', 'rolling lanes'));
    await fc.assert(
      fc.asyncProperty(one, async ([one, rows, columns, algorithm]) => {
        await chosen.expectExact(rolling(rows, columns, algorithm), one);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('is exact one row and one column short of a strip, at it and past it', async () => {
    for (const extra of [-1, 0, 1]) {
      const conv = depthwise(8, { padding: onEverySide(1) });
      const shape = [extra === 0 ? 2 : 1, 8, 2 * 5 + extra, 2 * 4 + extra] as const;
      await chosen.expectExact(rolling(5, 2), { conv, shape, activation: 'relu' });
      await chosen.expectExact(rolling(5, 2, 'rolling lanes'), { conv, shape, activation: 'relu' });
    }
  });
});

describe('by default on a software adapter', () => {
  it.each<{ label: string; conv: Conv2d; size: readonly [number, number] }>([
    { label: 'rolling k3x3 s1x1 Q2C4', conv: depthwise(9, { padding: 'same' }), size: [70, 11] },
    {
      label: 'rolling lanes k5x5 s2x2 Q3C4',
      conv: depthwise(9, { kernelSize: [5, 5], stride: [2, 2] }),
      size: [19, 23],
    },
    {
      label: 'rolling lanes k5x3 s1x1 Q4C4',
      conv: depthwise(8, { kernelSize: [5, 3], dilation: [2, 1] }),
      size: [23, 9],
    },
    { label: 'depthwise k1 s1 P2C4', conv: depthwise(8, { kernelSize: [1, 3] }), size: [9, 9] },
  ])('$label is exact', async ({ label, conv, size }) => {
    const engine = await createWebGPUEngine({ gpu: navigator.gpu });
    const programs = await expectExact(engine, { conv, shape: [1, conv.inChannels, ...size] });
    expect(programs.at(-1)?.replace(/depthwise (.*) P\d/, 'depthwise $1 P2')).toBe(label);
    engine.destroy();
  });
});

describe('where it is cut', () => {
  it('into many dispatches, of few rows and few channels, it is exact', async () => {
    const chosen = new Chosen();
    await chosen.open({ rate: 1 });
    const conv = depthwise(24, { dilation: [2, 1], padding: onEverySide(2) });
    const before = chosen.engine.counters.dispatches;
    const one = { conv, shape: [2, 24, 17, 7], isDual: true, activation: 'relu' } as const;
    await chosen.expectExact(rolling(2, 2), one);
    await chosen.expectExact(rolling(2, 2, 'rolling lanes'), one);
    expect(chosen.engine.counters.dispatches - before).toBeGreaterThan(10);
    chosen.engine.destroy();
  });

  it('by bindings, band by band into parts of the channels, it is exact', async () => {
    const chosen = new Chosen();
    const traits = { maxUniformBinding: 0, maxStorageBinding: 16384 };
    await chosen.open({ defaultLimits: true, traits });
    const conv = depthwise(16, { padding: onEverySide(1) });
    for (const algorithm of ['rolling', 'rolling lanes'] as const) {
      const programs = await chosen.expectExact(rolling(6, 2, algorithm), { conv, shape: [1, 16, 30, 21] });
      expect(programs).toContain('gather');
    }
    chosen.engine.destroy();
  });
});

it('with a sum and an activation joined to the store it is exact', async () => {
  const network = new NetworkBuilder([1, 12, 7, 9]);
  const sum = network.sum(network.conv('input', 12, 3, { groups: 12 }), 'input');
  const { graph, parameters, shape } = network.build([network.activation(sum, 'relu')]);
  const engine = await createWebGPUEngine({ gpu: navigator.gpu });
  const values = randomValues(12 * 7 * 9, 1);
  const output = graph.nodes.at(-1)!.id;
  const expected = runReference(graph, { input: { shape, values } }, parameters)[output]!;
  const input = await engine.upload(values, shape);
  const run = await engine.run({ graph, parameters, inputs: { input }, outputs: [output] });
  expect(run.steps.at(-1)?.fused).toHaveLength(2);
  expect(run.steps.at(-1)?.programs.at(-1)).toMatch(/^rolling/);
  const region = { channel: 0, channels: 12, y: 0, x: 0, height: 7, width: 9 };
  const maps = await engine.read(run.tensors[output]!, region);
  const errors = maps.map((value, i) => Math.abs(value - expected.output.values[i]!) / (1 + expected.magnitude[i]!));
  expect(Math.max(...errors)).toBeLessThanOrEqual(1e-5);
  engine.destroy();
});
