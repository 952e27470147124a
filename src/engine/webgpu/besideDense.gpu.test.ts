/** The two structures beside `dense`, workgroup-memory GEMM and the window on deep layers, against the float64 reference over the edges of their tiles. */
import '../../operators/late.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReference } from '../../graph/referenceRun.ts';
import { type DirectChoice, problemKey } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { createWebGPUEngine } from './index.ts';
import { Chosen } from './testing/chosen.ts';
import { createConv2d, extentOf, onEverySide, outputSizeOf } from './testing/convolutions.ts';
import { type Case, expectExact, randomValues } from './testing/exactness.ts';
import { NetworkBuilder } from './testing/networks.ts';

const gemm = (pixels: number, filters: number): DirectChoice => ({ algorithm: 'gemm', pixels, filters });
const deepWindow = (pixels: number, filters: number): DirectChoice => ({ algorithm: 'deepWindow', pixels, filters });
const gemms = [gemm(64, 64), gemm(128, 32), gemm(64, 32)];

const upTo = (min: number, max: number) => fc.integer({ min, max });
const pairUpTo = (min: number, max: number) => fc.tuple(upTo(min, max), upTo(min, max));

/** [groups, inputs per group, outputs per group]: one group with any channels, or groups in fours. */
const channels = fc.oneof(
  fc.tuple(fc.constant(1), upTo(5, 21), upTo(1, 70)),
  fc.tuple(upTo(2, 3), fc.constantFrom(4, 8, 12), fc.constantFrom(4, 12, 20, 36)),
);

/** Layers that `dense` serves, small enough for a software adapter, with few texts: compiling one takes seconds there. */
const layer: fc.Arbitrary<Case> = fc
  .record({
    channels,
    kernelSize: fc.tuple(upTo(2, 3), upTo(1, 4)),
    stride: fc.tuple(upTo(1, 2), upTo(1, 3)),
    dilation: fc.tuple(upTo(1, 2), upTo(1, 3)),
    size: pairUpTo(1, 15),
    images: fc.constantFrom(1, 1, 2),
    padding: fc.record({ top: upTo(0, 4), bottom: upTo(0, 4), left: upTo(0, 4), right: upTo(0, 4) }),
    bias: fc.boolean(),
    activation: fc.constantFrom('none', 'relu'),
    isDual: fc.boolean(),
    seed: upTo(1, 1e6),
  })
  .map(({ channels: [groups, inputs, outputs], size, images, activation, isDual, seed, ...rest }): Case => {
    const conv = createConv2d({ ...rest, groups, inChannels: groups * inputs, outChannels: groups * outputs });
    return { conv, shape: [images, conv.inChannels, ...size], activation, isDual, seed } as const as Case;
  })
  .filter(({ conv, shape }) => outputSizeOf(conv, shape) > 0);

const devices: readonly {
  readonly name: string;
  readonly defaultLimits: boolean;
  readonly traits: Partial<DeviceTraits>;
  readonly runs: number;
}[] = [
  { name: 'with the adapter’s limits', defaultLimits: false, traits: {}, runs: 6 },
  {
    name: 'with WebGPU’s default limits, without broadcast, weights in storage buffers',
    defaultLimits: true,
    traits: { canBroadcast: false, maxUniformBinding: 0 },
    runs: 10,
  },
];

describe.each(devices)('on a device $name', ({ defaultLimits, traits, runs }) => {
  const chosen = new Chosen();
  beforeAll(() => chosen.open({ defaultLimits, traits }));
  afterAll(() => chosen.engine.destroy());

  it('a GEMM in workgroup memory is exact for random attributes, shapes and activations', async () => {
    const one = fc.tuple(layer, fc.constantFrom(...gemms));
    await fc.assert(
      fc.asyncProperty(one, async ([one, choice]) => void (await chosen.expectExact(choice, one))),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('a window on deep layers is exact for random attributes, shapes and activations', async () => {
    const one = fc.tuple(layer, fc.constantFrom(deepWindow(4, 16), deepWindow(2, 8)));
    await fc.assert(
      fc.asyncProperty(one, async ([one, choice]) => void (await chosen.expectExact(choice, one))),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('a GEMM is exact short of its tile, at it and past it, in pixels, filters and depth', async () => {
    for (const choice of gemms) {
      const { pixels, filters } = choice;
      for (const extra of [-1, 0, 1]) {
        // Two rows of outputs. The input row between them belongs to no tap: a tap too many would read it.
        const width = pixels / 2 + extra;
        for (const inChannels of [5, 9]) {
          const conv = createConv2d({ inChannels, outChannels: filters + extra, kernelSize: [1, 1], stride: [2, 1] });
          await chosen.expectExact(choice, { conv, shape: [extra === 0 ? 2 : 1, inChannels, 3, width] });
        }
      }
    }
  });
});

describe('groups of four channels on a GPU', () => {
  it.each([
    { label: 'deepWindow k3 s1x1 P2Q2C4', kernel: 3, stride: 1, dilation: 1, rows: [15, 16, 33] },
    { label: 'deepWindow k3 s1x1 P2Q2C4', kernel: 3, stride: 1, dilation: 2, rows: [8, 23, 24] },
    { label: 'deepWindow k5 s2x1 P2Q2C4', kernel: 5, stride: 2, dilation: 1, rows: [8, 20, 23] },
  ])('are exact around the rows of their tile, $label', async ({ label, kernel, stride, dilation, rows: heights }) => {
    const traits = { canBroadcast: false, busyInvocations: 16384 };
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, traits });
    for (const rows of heights) {
      const span = (kernel - 1) * dilation + 1;
      const conv = createConv2d({
        inChannels: 12,
        outChannels: 12,
        groups: 3,
        kernelSize: [kernel, 3],
        stride: [stride, 1],
        dilation: [dilation, 1],
        padding: onEverySide(1),
      });
      const shape = [1, 12, (rows - 1) * stride + span - 2, 8] as const;
      expect((await expectExact(engine, { conv, shape, activation: 'relu' })).at(-1), `${rows} rows`).toBe(label);
    }
    engine.destroy();
  });
});

describe('cut into many dispatches, of few rows and few blocks of filters', () => {
  const chosen = new Chosen();
  beforeAll(() => chosen.open({ traits: { canBroadcast: false }, rate: 1 }));
  afterAll(() => chosen.engine.destroy());

  it.each([gemm(64, 32), deepWindow(2, 16)])('$algorithm is exact', async (choice) => {
    const before = chosen.engine.counters.dispatches;
    const conv = createConv2d({
      inChannels: 8,
      outChannels: 80,
      kernelSize: [3, 3],
      dilation: [2, 1],
      padding: onEverySide(2),
    });
    await chosen.expectExact(choice, { conv, shape: [2, 8, 9, 7], isDual: true, activation: 'relu' });
    expect(chosen.engine.counters.dispatches - before).toBeGreaterThan(10);
  });
});

describe('where neither input nor weights nor output fit a binding', () => {
  const chosen = new Chosen();
  const maxStorageBinding = 16384;
  beforeAll(() =>
    chosen.open({ defaultLimits: true, traits: { canBroadcast: false, maxUniformBinding: 0, maxStorageBinding } }),
  );
  afterAll(() => chosen.engine.destroy());

  it.each([gemm(64, 32), deepWindow(4, 16)])(
    '$algorithm is exact, band by band into parts of the channels',
    async (choice) => {
      const conv = createConv2d({ inChannels: 8, outChannels: 56, kernelSize: [3, 3], padding: onEverySide(1) });
      const programs = await chosen.expectExact(choice, { conv, shape: [1, 8, 30, 21] });
      expect(programs).toContain('gather');
    },
  );
});

describe('with a sum joined to the store', () => {
  it.each([gemm(64, 64), deepWindow(2, 16)])('$algorithm is exact', async (choice) => {
    const network = new NetworkBuilder([1, 12, 7, 9]);
    const sum = network.sum(network.conv('input', 12), 'input');
    const { graph, parameters, shape } = network.build([network.activation(sum, 'relu')]);
    const [, convolution] = graph.nodes;
    if (convolution?.operator.kind !== 'conv2d') throw new Error('the second node is the convolution');
    const key = problemKey(convolution.operator, extentOf({ conv: convolution.operator, shape }));
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, choices: new Map([[key, choice]]) });
    const values = randomValues(12 * 7 * 9, 1);
    const output = graph.nodes.at(-1)!.id;
    const expected = runReference(graph, { input: { shape, values } }, parameters)[output]!;
    const input = await engine.upload(values, shape);
    const run = await engine.run({ graph, parameters, inputs: { input }, outputs: [output] });
    expect(run.steps.at(-1)?.fused).toHaveLength(2);
    const region = { channel: 0, channels: 12, y: 0, x: 0, height: 7, width: 9 };
    const maps = await engine.read(run.tensors[output]!, region);
    const errors = maps.map((value, i) => Math.abs(value - expected.output.values[i]!) / (1 + expected.magnitude[i]!));
    expect(Math.max(...errors)).toBeLessThanOrEqual(1e-5);
    engine.destroy();
  });
});
