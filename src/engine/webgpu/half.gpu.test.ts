/**
 * Fast runs: `dense` in f16 within 2e-3 (1 + sum of |terms|) of the float64 reference. No software adapter of a browser has f16: its text
 * runs with float32 that is rounded to a half after every step (`half: 'emulated'`), which packs, scales and sums in the same way.
 */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import { runReference } from '../../graph/referenceRun.ts';
import { type ConvChoice, problemKey } from '../../operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { fastBound } from '../bounds.ts';
import type { Engine } from '../engine.ts';
import { createWebGPUEngine } from './index.ts';
import { createConv2d, extentOf, onEverySide } from './testing/convolutions.ts';
import { type Case, expectExact, layerGraph, randomValues } from './testing/exactness.ts';

let engine: Engine;
afterEach(() => engine?.destroy());

async function open(traits: Partial<DeviceTraits> = {}, choices: ReadonlyMap<string, ConvChoice> = new Map()) {
  engine = await createWebGPUEngine({ gpu: navigator.gpu, traits: { half: 'emulated', ...traits }, choices });
  return engine;
}

/** Few, for every one takes a while to compile. */
const tiles = [
  { pixels: 4, filters: 16 },
  { pixels: 1, filters: 16 },
  { pixels: 2, filters: 8 },
  { pixels: 8, filters: 4 },
];

/** [groups, inputs per group, outputs per group]: groups in fours, or one that need not be. */
const channels = fc.oneof(
  fc.tuple(fc.constant(1), fc.integer({ min: 1, max: 21 }), fc.integer({ min: 1, max: 33 })),
  fc.tuple(fc.integer({ min: 2, max: 3 }), fc.constantFrom(4, 8, 12), fc.constantFrom(4, 12, 16, 20)),
);
const few = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }));

/** Sizes over which half floats themselves would overflow, or be nothing. */
const size = fc.constantFrom(1, 1, 1e-6, 300, 1e5, 1e12);

const fastCase = fc
  .record({
    channels,
    tile: fc.constantFrom(...tiles),
    kernelSize: few(1, 4),
    stride: few(1, 3),
    dilation: few(1, 3),
    extra: few(0, 9),
    padding: fc.integer({ min: 0, max: 3 }),
    paddingMode: fc.constantFrom('zeros', 'zeros', 'replicate'),
    bias: fc.boolean(),
    images: fc.constantFrom(1, 1, 2),
    activation: fc.constantFrom('none', 'relu', 'relu', 'tanh'),
    isDual: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1e6 }),
    scale: fc.record({ input: size, weight: size }),
  })
  .map(({ channels: [groups, inputs, outputs], tile, extra, padding, images, ...rest }) => {
    const { activation, isDual, seed, scale, ...attributes } = rest;
    const side = (axis: 0 | 1) => (rest.kernelSize[axis] - 1) * rest.dilation[axis] + 1 + extra[axis];
    const one: Case = {
      conv: createConv2d({
        ...attributes,
        groups,
        inChannels: groups * inputs,
        outChannels: groups * outputs,
        padding: onEverySide(padding),
      }),
      shape: [images, groups * inputs, side(0), side(1)],
      precision: 'fast',
      ...{ activation, isDual, seed, scale },
    };
    return { one, tile };
  });

describe('dense in f16', () => {
  it.each([
    { where: 'a uniform array', traits: {} },
    { where: 'a storage buffer', traits: { maxUniformBinding: 0 } },
  ])(
    'is within its bound for random attributes, tiles and sizes of values, with weights in $where',
    async ({ traits }) => {
      const choices = new Map<string, ConvChoice>();
      await open(traits, choices);
      await fc.assert(
        fc.asyncProperty(fastCase, async ({ one, tile }) => {
          choices.set(problemKey(one.conv, extentOf(one)), { algorithm: 'dense f16', ...tile });
          expect((await expectExact(engine, one)).at(-1)).toBe(`dense f16 P${tile.pixels}C${tile.filters}`);
        }),
        { numRuns: 6, endOnFailure: true },
      );
    },
  );

  it.each([4, 1])('is within its bound one pixel short of, at and one past %i pixels', async (pixels) => {
    await open({ pixels });
    for (const width of [2 * pixels - 1, 2 * pixels, 2 * pixels + 1]) {
      const conv = createConv2d({ inChannels: 6, outChannels: 32, kernelSize: [1, 1] });
      const ran = await expectExact(engine, { conv, shape: [1, 6, 1, width], precision: 'fast' });
      expect(ran.at(-1)).toBe(`dense f16 P${pixels}C16`);
    }
  });

  it('adds what stands beside it before the activation, and is read by exact programs behind it', async () => {
    await open();
    const conv = createConv2d({ inChannels: 16, outChannels: 16, kernelSize: [3, 3], padding: onEverySide(1) });
    const last = createConv2d({ inChannels: 16, outChannels: 3, kernelSize: [1, 1] });
    const graph: Graph = {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: 16 }, inputs: [] },
        { id: 'conv', operator: conv, inputs: ['input'] },
        { id: 'sum', operator: { kind: 'arithmetic', function: 'add' }, inputs: ['conv', 'input'] },
        { id: 'relu', operator: { kind: 'activation', function: 'relu' }, inputs: ['sum'] },
        { id: 'last', operator: last, inputs: ['relu'] },
      ],
    };
    const values = randomValues(16 * 9 * 7, 1);
    const parameters = {
      conv: { weight: randomValues(16 * 16 * 9, 2), bias: randomValues(16, 3) },
      last: { weight: randomValues(3 * 16, 4), bias: randomValues(3, 5) },
    };
    const input = await engine.upload(values, [1, 16, 9, 7]);
    const run = await engine.run({
      graph,
      parameters,
      inputs: { input },
      outputs: ['relu', 'last'],
      precision: 'fast',
    });
    expect(run.programs).toContain('dense f16 P1C16');
    const exact = runReference(graph, { input: { shape: [1, 16, 9, 7], values } }, parameters);
    const region = { channel: 0, channels: 16, y: 0, x: 0, height: 9, width: 7 };
    const relu = await engine.read(run.tensors.relu!, region);
    const { output, magnitude } = exact.relu!;
    const worst = output.values.map((value, i) => Math.abs(value - relu[i]!) / (1 + magnitude[i]!));
    expect(Math.max(...worst)).toBeLessThan(fastBound);
    const seen = await engine.read(run.tensors.last!, { ...region, channels: 3 });
    expect(Math.max(...exact.last!.output.values.map((value, i) => Math.abs(value - seen[i]!)))).toBeLessThan(0.1);
  });

  it('does not overflow where values are larger than a half float can be, and loses no value that is smaller', async () => {
    await open();
    const conv = createConv2d({ inChannels: 64, outChannels: 16, kernelSize: [1, 1], bias: false });
    for (const scale of [
      { input: 1e30, weight: 1e-4 },
      { input: 1e-30, weight: 1e32 },
      { input: 1e5, weight: 1e5 },
      { input: 1e-8, weight: 1e10 },
    ]) {
      const ran = await expectExact(engine, { conv, shape: [1, 64, 5, 5], precision: 'fast', scale });
      expect(ran.at(-1)).toMatch(/^dense f16/);
    }
  });

  it('keeps the largest numbers that float32 has', async () => {
    await open();
    const conv = createConv2d({ inChannels: 5, outChannels: 16, kernelSize: [1, 1], bias: false });
    const parameters = { conv: { weight: new Float32Array(80).fill(0.5), bias: null } };
    const input = await engine.upload(Float32Array.of(0, 3e38, 0, 0, 0), [1, 5, 1, 1]);
    const request = { graph: layerGraph(conv), inputs: { input }, parameters, outputs: ['conv'] };
    const { tensors } = await engine.run({ ...request, precision: 'fast' });
    const one = { channel: 0, channels: 1, y: 0, x: 0, height: 1, width: 1 };
    const [seen] = await engine.read(tensors.conv!, one);
    expect(seen! / 1.5e38).toBeCloseTo(1, 2);
  });
});

describe('a fast run', () => {
  const conv = createConv2d({ inChannels: 32, outChannels: 32, kernelSize: [3, 3] });
  const values = randomValues(32 * 12 * 12, 1);
  const parameters = { conv: { weight: randomValues(32 * 32 * 9, 2), bias: randomValues(32, 3) } };
  const region = { channel: 0, channels: 32, y: 0, x: 0, height: 10, width: 10 };

  async function maps(precision?: 'exact' | 'fast') {
    const input = await engine.upload(values, [1, 32, 12, 12]);
    const request = { graph: layerGraph(conv), inputs: { input }, parameters, outputs: ['conv'] };
    const { tensors, programs } = await engine.run(precision ? { ...request, precision } : request);
    const read = await engine.read(tensors.conv!, region);
    tensors.conv!.free();
    input.free();
    return { programs, bits: [...new Uint32Array(read.buffer)] };
  }

  it('leaves exact runs on the same engine as they are, bit by bit', async () => {
    await open();
    const before = await maps();
    const fast = await maps('fast');
    expect(fast.programs.at(-1)).toMatch(/^dense f16/);
    expect(fast.bits).not.toEqual(before.bits);
    for (const precision of [undefined, 'exact'] as const) expect(await maps(precision)).toEqual(before);
    expect(await maps('fast')).toEqual(fast);
  });

  it('is an exact one where the device has no f16', async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu });
    expect(engine.description.features).not.toContain('shader-f16');
    const exact = await maps();
    expect(await maps('fast')).toEqual(exact);
  });

  it('computes maps that are not kept in f16 too, and so wherever they are read', async () => {
    engine = await createWebGPUEngine({
      gpu: navigator.gpu,
      traits: { half: 'emulated', pixels: 1, maxStorageBinding: 2 ** 16, maxUniformBinding: 0 },
      memoryBudget: 2 ** 19,
    });
    const wide = createConv2d({ inChannels: 8, outChannels: 64, kernelSize: [1, 1] });
    const ran = await expectExact(engine, { conv: wide, shape: [1, 8, 36, 36], precision: 'fast' });
    expect(ran.at(-1)).toMatch(/^dense f16/);
  });
});
