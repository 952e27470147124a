/** Every kernel program against the float64 reference: |error| <= 1e-5 (1 + sum of |terms|). */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activationNames } from '../../operators/activation/attributes.ts';
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import { type Conv2d, paddingModes } from '../../operators/conv2d/attributes.ts';
import type { DeviceTraits } from '../../operators/programs/program.ts';
import { type Engine, EngineError } from '../engine.ts';
import { createWebGPUEngine } from './index.ts';
import { convolutionCase } from './testing/arbitraries.ts';
import { createConv2d, onEverySide } from './testing/convolutions.ts';
import { type Case, expectExact, randomValues } from './testing/exactness.ts';

const devices: readonly {
  readonly name: string;
  readonly defaultLimits: boolean;
  readonly traits: Partial<DeviceTraits>;
  readonly runs: number;
}[] = [
  { name: 'with the adapter’s limits', defaultLimits: false, traits: {}, runs: 40 },
  // What a small GPU is given: no broadcast, weights in storage buffers, small tiles, slices by binding size.
  {
    name: 'with WebGPU’s default limits',
    defaultLimits: true,
    traits: { canBroadcast: false, busyInvocations: 16384 },
    runs: 25,
  },
  {
    name: 'with weights in storage buffers and small bindings',
    defaultLimits: true,
    traits: { canBroadcast: false, maxUniformBinding: 0, maxStorageBinding: 32768 },
    runs: 15,
  },
];

describe.each(devices)('convolutions on a device $name', ({ defaultLimits, traits, runs }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu, defaultLimits, traits });
  });
  afterAll(() => engine.destroy());

  const all = async (cases: readonly Case[]): Promise<readonly string[]> => {
    const programs: string[] = [];
    for (const one of cases) programs.push(...(await expectExact(engine, one)));
    return programs;
  };

  it('are exact for random attributes, shapes and activations', async () => {
    await fc.assert(
      fc.asyncProperty(convolutionCase, async (one) => {
        try {
          await expectExact(engine, one);
        } catch (error) {
          // With bindings of 32 KiB the rows of one output row need not fit: then the engine says so.
          if (traits.maxStorageBinding === undefined || !(error instanceof EngineError)) throw error;
          expect(error.code).toBe('too-large');
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('are exact on one-pixel images, with kernels of one pixel and of more than the image', () =>
    all([
      { conv: createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1] }), shape: [1, 1, 1, 1] },
      {
        conv: createConv2d({ inChannels: 3, outChannels: 5, kernelSize: [3, 3], padding: 'full' }),
        shape: [1, 3, 1, 1],
      },
      {
        conv: createConv2d({ inChannels: 6, outChannels: 4, kernelSize: [5, 2], padding: 'full' }),
        shape: [1, 6, 1, 1],
      },
      {
        conv: createConv2d({
          inChannels: 3,
          outChannels: 2,
          kernelSize: [3, 3],
          padding: onEverySide(15),
          paddingMode: 'replicate',
        }),
        shape: [1, 3, 1, 1],
      },
    ]));

  it('are exact with even kernels, 1xN kernels, strides beyond the kernel and asymmetric padding', () =>
    all([
      {
        conv: createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [2, 4], padding: 'same' }),
        shape: [1, 3, 9, 7],
      },
      {
        conv: createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [1, 15], padding: 'same' }),
        shape: [1, 3, 5, 21],
      },
      {
        conv: createConv2d({ inChannels: 2, outChannels: 8, kernelSize: [15, 1], dilation: [8, 1], padding: 'full' }),
        shape: [1, 2, 30, 3],
      },
      {
        conv: createConv2d({ inChannels: 3, outChannels: 6, kernelSize: [2, 2], stride: [8, 5] }),
        shape: [1, 3, 27, 23],
      },
      {
        conv: createConv2d({ inChannels: 8, outChannels: 6, kernelSize: [1, 3], stride: [3, 7] }),
        shape: [1, 8, 10, 31],
      },
      {
        conv: createConv2d({
          inChannels: 3,
          outChannels: 6,
          kernelSize: [3, 5],
          padding: { top: 0, bottom: 5, left: 7, right: 1 },
        }),
        shape: [1, 3, 8, 9],
      },
      {
        conv: createConv2d({
          inChannels: 5,
          outChannels: 6,
          kernelSize: [3, 5],
          padding: { top: 9, bottom: 0, left: 0, right: 3 },
        }),
        shape: [1, 5, 8, 9],
      },
    ]));

  it('are exact for stride and dilation together, whatever they share', () =>
    all(
      (
        [
          [2, 2],
          [2, 4],
          [4, 2],
          [3, 2],
          [6, 4],
          [8, 8],
        ] as const
      ).map(([stride, dilation]) => ({
        conv: createConv2d({
          inChannels: 3,
          outChannels: 5,
          kernelSize: [3, 3],
          stride: [stride, stride],
          dilation: [dilation, dilation],
          padding: onEverySide(4),
        }),
        shape: [1, 3, 37, 26],
      })),
    ));

  it('are exact in every padding mode, through both layouts', () =>
    all(
      paddingModes.flatMap((paddingMode) => [
        {
          conv: createConv2d({
            inChannels: 3,
            outChannels: 4,
            kernelSize: [3, 3],
            padding: { top: 2, bottom: 4, left: 5, right: 1 },
            paddingMode,
          }),
          shape: [1, 3, 6, 7],
        },
        {
          conv: createConv2d({
            inChannels: 7,
            outChannels: 4,
            kernelSize: [3, 3],
            padding: { top: 2, bottom: 4, left: 5, right: 1 },
            paddingMode,
          }),
          shape: [2, 7, 6, 7],
        },
      ]),
    ));

  it('are exact in groups: depthwise, with a multiplier, odd and in fours', () =>
    all([
      { conv: createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [3, 3], groups: 3 }), shape: [1, 3, 9, 8] },
      {
        conv: createConv2d({ inChannels: 4, outChannels: 8, kernelSize: [3, 3], groups: 4, padding: 'same' }),
        shape: [1, 4, 9, 8],
      },
      { conv: createConv2d({ inChannels: 3, outChannels: 15, kernelSize: [3, 3], groups: 3 }), shape: [2, 3, 9, 8] },
      { conv: createConv2d({ inChannels: 10, outChannels: 14, kernelSize: [3, 3], groups: 2 }), shape: [1, 10, 9, 8] },
      { conv: createConv2d({ inChannels: 16, outChannels: 24, kernelSize: [2, 3], groups: 2 }), shape: [1, 16, 9, 8] },
      {
        conv: createConv2d({ inChannels: 12, outChannels: 12, kernelSize: [3, 3], groups: 3 }),
        shape: [1, 12, 9, 8],
        isDual: true,
        activation: 'relu',
      },
    ]));

  it('are exact where every channel has its own filters, one to five of them, whatever stride, dilation and border', async () => {
    const layer = (inChannels: number, filters: number, rest: Partial<Conv2d>) =>
      createConv2d({ inChannels, outChannels: filters * inChannels, kernelSize: [3, 3], groups: inChannels, ...rest });
    const programs = await all([
      { conv: layer(8, 1, { padding: 'same' }), shape: [2, 8, 9, 8] },
      { conv: layer(7, 1, { stride: [2, 3], padding: onEverySide(1) }), shape: [1, 7, 11, 9], activation: 'gelu' },
      {
        conv: layer(6, 2, { dilation: [2, 1], padding: 'full' }),
        shape: [1, 6, 9, 8],
        isDual: true,
        activation: 'relu',
      },
      { conv: layer(9, 2, { stride: [2, 1], dilation: [3, 2] }), shape: [2, 9, 19, 8] },
      {
        conv: layer(5, 3, { kernelSize: [4, 5], padding: onEverySide(3), paddingMode: 'reflect' }),
        shape: [1, 5, 7, 8],
      },
      { conv: layer(12, 3, { kernelSize: [1, 1] }), shape: [1, 12, 5, 6], isDual: true, activation: 'sigmoid' },
      { conv: layer(5, 4, { stride: [1, 2] }), shape: [2, 5, 9, 8] },
      { conv: layer(5, 5, {}), shape: [1, 5, 9, 8] },
      { conv: layer(4, 1, { kernelSize: [61, 1], padding: 'same' }), shape: [1, 4, 70, 2] },
    ]);
    const names = programs.filter((name) => name !== 'gather').map((name) => name.replace(/ P\d+/, ' '));
    const oneFilter =
      traits.canBroadcast === false
        ? ['depthwise k3 s1 C4', 'depthwise k3 s2 C4']
        : ['rolling k3x3 s1x1 Q2C4', 'rolling k3x3 s2 Q1C4'];
    const fiveFilters = traits.canBroadcast === false ? 'window k3 s1x1 Q2C8' : 'window k3 s1 C8';
    expect(new Set(names)).toEqual(
      new Set([
        ...oneFilter,
        'depthwise k3 s1 C8',
        'depthwise k3 s2 C8',
        'depthwise k4 s1 C12',
        'depthwise k1 s1 C12',
        'depthwise k3 s1 C16',
        fiveFilters,
        'taps C4',
      ]),
    );
  });

  it('leave nothing behind their last channel that a reader of whole fours could stumble over', async () => {
    // Nine maps: the last block of filters is the last group's three, and one lane; two lanes more belong to the last four channels.
    const grouped = createConv2d({ inChannels: 6, outChannels: 9, kernelSize: [3, 3], groups: 3 });
    const reader = createConv2d({ inChannels: 9, outChannels: 4, kernelSize: [1, 1] });
    const graph = {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: 6 }, inputs: [] },
        { id: 'grouped', operator: grouped, inputs: ['input'] },
        { id: 'reader', operator: reader, inputs: ['grouped'] },
      ],
    } as const;
    const used = await Promise.all(
      [1, 2, 3].map(() => engine.upload(new Float32Array(12 * 7 * 6).fill(Number.NaN), [1, 12, 7, 6])),
    );
    for (const tensor of used) tensor.free();
    const values = randomValues(6 * 9 * 8, 1);
    const input = await engine.upload(values, [1, 6, 9, 8]);
    const parameters = {
      grouped: { weight: randomValues(9 * 2 * 9, 2), bias: null },
      reader: { weight: randomValues(4 * 9, 3), bias: null },
    };
    const run = await engine.run({ graph, inputs: { input }, parameters, outputs: ['reader'] });
    const read = await engine.read(run.tensors.reader!, { channel: 0, channels: 4, y: 0, x: 0, height: 7, width: 6 });
    const between = arithmeticOf(grouped).reference(
      grouped,
      [{ shape: [1, 6, 9, 8], values }],
      parameters.grouped,
    ).output;
    const expected = arithmeticOf(reader).reference(reader, [between], parameters.reader).output;
    expect(Math.max(...expected.values.map((value, i) => Math.abs(value - read[i]!)))).toBeLessThan(1e-4);
    run.tensors.reader!.free();
    input.free();
  });

  it('are exact behind every activation, alone and with the maps before it', () =>
    all(
      activationNames.map((activation, i) => ({
        conv: createConv2d({ inChannels: 3, outChannels: 5, kernelSize: [3, 3], padding: 'same' }),
        shape: [1, 3, 7, 6],
        activation,
        isDual: i % 2 === 0,
      })),
    ));
});

describe('every tile of every program', () => {
  const tiles: readonly { readonly pixels: number; readonly filters: readonly number[] }[] = [
    { pixels: 8, filters: [4, 8] },
    { pixels: 4, filters: [4, 8, 16] },
    { pixels: 2, filters: [4, 8, 16] },
    { pixels: 1, filters: [4, 8, 16] },
  ];

  it.each([
    { label: 'window k3 s1x1 P4Q4C4', outChannels: 3, kernel: 3, stride: 1, pixels: 4 },
    { label: 'window k5 s2x2 P3Q2C12', outChannels: 11, kernel: 5, stride: 2, pixels: 3 },
    { label: 'window k3 s1 P3C20', outChannels: 20, kernel: 3, stride: 1, pixels: 3 },
    { label: 'window k4 s4 P3C24', outChannels: 22, kernel: 4, stride: 4, pixels: 3 },
    { label: 'window k7 s7 P2C32', outChannels: 61, kernel: 7, stride: 7, pixels: 2 },
  ])('is exact around the rows of a GPU’s tile, $label', async ({ label, outChannels, kernel, stride, pixels }) => {
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, traits: { canBroadcast: false } });
    for (const rows of [pixels - 1, pixels, pixels + 1]) {
      const height = (rows - 1) * stride + kernel;
      const conv = createConv2d({
        inChannels: 2,
        outChannels,
        kernelSize: [kernel, kernel],
        stride: [stride, stride],
        padding: rows === pixels ? onEverySide(1) : onEverySide(0),
      });
      expect(await expectExact(engine, { conv, shape: [1, 2, height, 2 * stride + kernel] })).toContain(label);
    }
    engine.destroy();
  });

  it.each(tiles)('is exact one row short of, at and one row past $pixels pixels', async ({ pixels, filters }) => {
    for (const canBroadcast of [true, false]) {
      const engine = await createWebGPUEngine({
        gpu: navigator.gpu,
        defaultLimits: !canBroadcast,
        traits: { pixels, ...(canBroadcast ? {} : { canBroadcast }) },
      });
      const ran = new Set<string>();
      for (const outChannels of filters) {
        for (const extra of [-1, 0, 1]) {
          const height = Math.max(1, 2 * pixels + extra) + 2;
          const common = { outChannels: outChannels + (extra < 0 ? -1 : 0), kernelSize: [3, 3] as const };
          for (const inChannels of [2, 5]) {
            const programs = await expectExact(engine, {
              conv: createConv2d({ ...common, inChannels }),
              shape: [extra === 0 ? 2 : 1, inChannels, height, 5],
            });
            for (const program of programs) ran.add(program);
          }
        }
      }
      for (const C of filters) {
        expect(ran).toContain(`window k3 s1 P${pixels}C${C}`);
        expect(ran).toContain(`dense P${pixels}C${C}`);
      }
      engine.destroy();
    }
  });

  it('is exact in the general program, for kernels taller than a text is worth', async () => {
    for (const pixels of [1, 2, 4]) {
      const engine = await createWebGPUEngine({ gpu: navigator.gpu, traits: { pixels } });
      const conv = createConv2d({
        inChannels: 2,
        outChannels: 5,
        kernelSize: [49, 2],
        padding: { top: 3, bottom: 2, left: 1, right: 0 },
      });
      expect(await expectExact(engine, { conv, shape: [1, 2, 53, 6] })).toEqual([`taps P${pixels}C8`]);
      engine.destroy();
    }
  });
});
