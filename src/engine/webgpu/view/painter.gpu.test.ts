/** The pixels of the render pass against those that the CPU paints from the same values: equal to one step of the colour map. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paintScene } from '../../cpu/paint.ts';
import { displayEnds } from '../../displayRange.ts';
import type { DisplayRange, Engine, MapStatistics, RunResult, Scene, Tensor } from '../../engine.ts';
import { createWebGPUEngine } from '../index.ts';
import type { DeviceTensor } from '../run/tensors.ts';
import { createConv2d, onEverySide } from '../testing/convolutions.ts';
import { layerGraph, randomValues } from '../testing/exactness.ts';

const height = 45;
const width = 67;
const maps = 6;
const canvasSize = { width: 160, height: 120 };
/** Entry i is (i, 255 - i, 128): one step of the colour map is one step of red. */
const colours = Uint8Array.from({ length: 1024 }, (_, i) => [i >> 2, 255 - (i >> 2), 128, 255][i % 4]!);
const background = [10, 20, 30] as const;
const perMap: DisplayRange = { mode: 'per-map', percentiles: false, symmetric: false };
const whole = { x: 0, y: 0, width, height };

interface Described {
  readonly channel: number;
  readonly target: Scene['tiles'][number]['target'];
  readonly source: Scene['tiles'][number]['source'];
  readonly range: DisplayRange;
  readonly reveal?: number;
}

describe.each([
  { name: 'kept', kind: 'stored', traits: {} },
  // Four maps of 45 x 67 are 48 KB: more than such a binding holds.
  { name: 'computed again where they are looked at', kind: 'recomputed', traits: { maxStorageBinding: 45_000 } },
])('maps that are $name', ({ kind, traits }) => {
  let engine: Engine;
  let input: Tensor;
  let result: RunResult;
  let values: Float32Array;
  let statistics: readonly MapStatistics[];
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu, traits });
    const conv = createConv2d({ inChannels: 3, outChannels: maps, kernelSize: [3, 3], padding: onEverySide(1) });
    input = await engine.upload(randomValues(3 * height * width, 3), [1, 3, height, width]);
    const parameters = { conv: { weight: randomValues(maps * 27, 4), bias: randomValues(maps, 5) } };
    result = await engine.run({ graph: layerGraph(conv), inputs: { input }, parameters, outputs: ['conv'] });
    expect((result.tensors.conv as DeviceTensor).content.kind).toBe(kind);
    values = await engine.read(result.tensors.conv!, { channel: 0, channels: maps, y: 0, x: 0, height, width });
    statistics = await engine.statistics(result.tensors.conv!);
  });
  afterAll(() => engine.destroy());

  async function painted(tensor: Tensor, tiles: readonly Described[]): Promise<Uint8ClampedArray> {
    const canvas = new OffscreenCanvas(canvasSize.width, canvasSize.height);
    const surface = engine.surface(canvas);
    const copy = new OffscreenCanvas(canvasSize.width, canvasSize.height).getContext('2d', {
      willReadFrequently: true,
    })!;
    const scene: Scene = { background, colours, tiles: tiles.map((tile) => ({ ...tile, tensor })) };
    let pixels = new Uint8ClampedArray();
    // The first time the programs may still be compiling; then every call draws at once.
    for (let attempt = 0; attempt < 200 && (pixels[3] ?? 0) === 0; attempt++) {
      surface.paint(scene);
      copy.drawImage(canvas, 0, 0);
      pixels = copy.getImageData(0, 0, canvasSize.width, canvasSize.height).data;
      if (pixels[3] === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    surface.destroy();
    return pixels;
  }

  async function expectSame(tiles: readonly Described[]): Promise<void> {
    const expected = new Uint8ClampedArray(canvasSize.width * canvasSize.height * 4);
    paintScene(
      expected,
      canvasSize.width,
      canvasSize.height,
      background,
      colours,
      tiles.map(({ channel, target, source, range, reveal }) => ({
        window: { values, offset: channel * height * width, x: 0, y: 0, width, height, mapWidth: width },
        target,
        source,
        ends: displayEnds(range, statistics, channel),
        reveal: reveal ?? Number.POSITIVE_INFINITY,
      })),
    );
    const actual = await painted(result.tensors.conv!, tiles);
    expect(actual).toHaveLength(expected.length);
    const differing = expected.reduce((count, byte, i) => count + Number(Math.abs(byte - actual[i]!) > 1), 0);
    expect(differing).toBe(0);
    expect(new Set(actual.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(4);
  }

  it('agree at one value per pixel and magnified, on whole and broken pixels', () =>
    expectSame([
      { channel: 2, target: { x: 3, y: 5, width, height }, source: whole, range: perMap },
      {
        channel: 0,
        target: { x: 80, y: 0, width: 80, height: 60 },
        source: { x: 10, y: 12, width: 8, height: 6 },
        range: perMap,
      },
      {
        channel: 5,
        target: { x: 2, y: 57, width: 71, height: 53 },
        source: { x: 3.3, y: 1.7, width: 9.1, height: 6.9 },
        range: perMap,
      },
    ]));

  it('agree outside the map, where tiles overlap and where they leave the canvas', () =>
    expectSame([
      {
        channel: 1,
        target: { x: -20, y: -10, width: 120, height: 90 },
        source: { x: -8, y: -5, width: 80, height: 60 },
        range: perMap,
      },
      {
        channel: 3,
        target: { x: 70, y: 60, width: 200, height: 150 },
        source: { x: 0, y: 0, width: 40, height: 30 },
        range: perMap,
      },
    ]));

  it('agree on every range', async () => {
    const ranges: readonly DisplayRange[] = [
      { mode: 'per-layer', percentiles: false, symmetric: true },
      { mode: 'per-layer', percentiles: true, symmetric: false },
      { mode: 'per-map', percentiles: true, symmetric: true },
      { mode: 'fixed', lo: -2, hi: 3 },
    ];
    for (const range of ranges)
      await expectSame([{ channel: 4, target: { x: 0, y: 0, width: 134, height: 90 }, source: whole, range }]);
  });

  it('agree on the part that the sliding window has filled', async () => {
    for (const reveal of [width * 10 + 13, width * height]) {
      await expectSame([
        { channel: 1, target: { x: 20, y: 20, width: 134, height: 90 }, source: whole, range: perMap, reveal },
        { channel: 4, target: { x: 0, y: 0, width, height }, source: whole, range: perMap, reveal: 5 * width },
      ]);
    }
  });

  it('are reduced by the mean of what a canvas pixel covers', async () => {
    const target = { x: 4, y: 4, width: 27, height: 18 };
    if (kind === 'stored') {
      await expectSame(
        [0, 1, 2, 5].map((channel) => ({
          channel,
          target: { ...target, x: 4 + 35 * (channel % 4), width: 27 + channel },
          source: whole,
          range: perMap,
        })),
      );
      return;
    }
    // From the reduced copy: close to the mean, not equal to it, except where the reduction is the copy's own.
    const pixels = await painted(result.tensors.conv!, [{ channel: 0, target, source: whole, range: perMap }]);
    expect(new Set(pixels.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(4);
  });

  it('are drawn from the input tensor too', async () => {
    const fixed: DisplayRange = { mode: 'fixed', lo: -1, hi: 1 };
    const pixels = await painted(input, [{ channel: 1, target: whole, source: whole, range: fixed }]);
    const photo = randomValues(3 * height * width, 3);
    for (const [x, y] of [
      [0, 0],
      [66, 44],
      [13, 29],
    ] as const) {
      const value = photo[(height + y) * width + x]!;
      expect(
        Math.abs(pixels[(y * canvasSize.width + x) * 4]! - Math.round(((value + 1) / 2) * 255)),
      ).toBeLessThanOrEqual(1);
    }
    expect([...pixels.slice(4 * 70, 4 * 70 + 4)]).toEqual([...background, 255]);
  });
});
