/** Both engines paint the same scenes; their canvases may differ by one step of the colour map. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../graph/graph.ts';
import { createCpuEngine } from './cpu/index.ts';
import type { DisplayRange, Engine, Scene, Surface, Tensor, Tile } from './engine.ts';
import { createWebGPUEngine } from './webgpu/index.ts';

const graph: Graph = {
  nodes: [
    { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
    {
      id: 'conv',
      operator: {
        kind: 'conv2d',
        inChannels: 3,
        outChannels: 6,
        kernelSize: [3, 3],
        stride: [1, 1],
        padding: 'same',
        dilation: [1, 1],
        groups: 1,
        bias: true,
        paddingMode: 'replicate',
      },
      inputs: ['input'],
    },
    { id: 'activation', operator: { kind: 'activation', function: 'relu' }, inputs: ['conv'] },
  ],
};
const parameters = {
  conv: {
    weight: Float32Array.from({ length: 6 * 27 }, (_, i) => Math.sin(i * 1.7)),
    bias: Float32Array.from({ length: 6 }, (_, i) => i / 6 - 0.5),
  },
};
const height = 45;
const width = 67;
const values = Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i * 0.11) + Math.cos(i * 0.0031));

/** Entry i is (i, 255 - i, 128): one step of the colour map is one step of red. */
const colours = Uint8Array.from({ length: 1024 }, (_, i) => [i >> 2, 255 - (i >> 2), 128, 255][i % 4]!);

const perMap: DisplayRange = { mode: 'per-map', percentiles: false, symmetric: false };
const size = { width: 160, height: 120 };

interface Painter {
  readonly engine: Engine;
  readonly surface: Surface;
  readonly canvas: HTMLCanvasElement;
  readonly linear: Tensor;
  readonly active: Tensor;
}

async function painterOn(engine: Engine): Promise<Painter> {
  const canvas = Object.assign(document.createElement('canvas'), size);
  document.body.append(canvas);
  const input = await engine.upload(values, [1, 3, height, width]);
  const run = await engine.run({ graph, parameters, inputs: { input }, outputs: ['conv', 'activation'] });
  await run.completed;
  return {
    engine,
    canvas,
    surface: engine.surface(canvas),
    linear: run.tensors.conv!,
    active: run.tensors.activation!,
  };
}

/** Paints until the picture stays the same, and reads it. */
async function pictureOf({ surface, canvas }: Painter, scene: Scene): Promise<Uint8ClampedArray> {
  const copy = new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true })!;
  let last = '';
  for (let same = 0; same < 3; ) {
    surface.paint(scene);
    // Before anything else runs: a WebGPU canvas is empty again once it has been shown.
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, size.width, size.height);
    const text = data.join();
    const isBlank = data[3] === 0;
    same = text === last && !isBlank ? same + 1 : 0;
    last = text;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return copy.getImageData(0, 0, size.width, size.height).data;
}

describe('the two painters', () => {
  let painters: Painter[] = [];
  beforeAll(async () => {
    painters = [
      await painterOn(await createCpuEngine({ threads: 1 })),
      await painterOn(await createWebGPUEngine({ gpu: navigator.gpu })),
    ];
  });
  afterAll(() => {
    for (const { engine, canvas } of painters) {
      engine.destroy();
      canvas.remove();
    }
  });

  async function expectSame(tilesOf: (painter: Painter) => readonly Tile[]): Promise<void> {
    const pictures: Uint8ClampedArray[] = [];
    for (const painter of painters) {
      pictures.push(await pictureOf(painter, { background: [10, 20, 30], colours, tiles: tilesOf(painter) }));
    }
    const [cpu, webgpu] = pictures;
    let differing = 0;
    for (let i = 0; i < cpu!.length; i += 1) if (Math.abs(cpu![i]! - webgpu![i]!) > 1) differing += 1;
    expect(differing).toBe(0);
    // Something was painted: more than the background and the tile's first colour.
    expect(new Set(cpu!.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(4);
  }

  const whole = { x: 0, y: 0, width, height };

  it('agree at one value per pixel', () =>
    expectSame(({ active }) => [
      { tensor: active, channel: 2, target: { x: 3, y: 5, width, height }, source: whole, range: perMap },
    ]));

  it('agree when maps are magnified, on whole and on broken pixels', () =>
    expectSame(({ linear }) => [
      {
        tensor: linear,
        channel: 0,
        target: { x: 0, y: 0, width: 80, height: 120 },
        source: { x: 10, y: 12, width: 8, height: 12 },
        range: perMap,
      },
      {
        tensor: linear,
        channel: 5,
        target: { x: 82, y: 7, width: 71, height: 53 },
        source: { x: 3.3, y: 1.7, width: 9.1, height: 6.9 },
        range: perMap,
      },
    ]));

  it('agree when maps are reduced', () =>
    expectSame(({ linear }) =>
      Array.from({ length: 6 }, (_, channel) => ({
        tensor: linear,
        channel,
        target: { x: 2 + (channel % 3) * 50, y: 1 + Math.floor(channel / 3) * 60, width: 29 + channel, height: 20 },
        source: whole,
        range: perMap,
      })),
    ));

  it('agree on what lies outside the map and on tiles that overlap and leave the canvas', () =>
    expectSame(({ active }) => [
      {
        tensor: active,
        channel: 1,
        target: { x: -20, y: -10, width: 120, height: 90 },
        source: { x: -8, y: -5, width: 80, height: 60 },
        range: perMap,
      },
      {
        tensor: active,
        channel: 3,
        target: { x: 70, y: 60, width: 200, height: 150 },
        source: { x: 0, y: 0, width: 40, height: 30 },
        range: perMap,
      },
    ]));

  it('agree on every range', async () => {
    const ranges: readonly DisplayRange[] = [
      { mode: 'per-layer', percentiles: false, symmetric: true },
      { mode: 'per-map', percentiles: false, symmetric: true },
      { mode: 'fixed', lo: -2, hi: 3 },
    ];
    for (const range of ranges) {
      await expectSame(({ linear }) => [
        { tensor: linear, channel: 4, target: { x: 0, y: 0, width: 134, height: 90 }, source: whole, range },
      ]);
    }
  });

  it('agree on percentiles', async () => {
    for (const mode of ['per-map', 'per-layer'] as const) {
      const range = { mode, percentiles: true, symmetric: false } as const;
      await expectSame(({ linear }) => [
        { tensor: linear, channel: 4, target: { x: 0, y: 0, width: 134, height: 90 }, source: whole, range },
      ]);
    }
  });

  it('agree on the part of a map that the sliding window has filled', async () => {
    for (const reveal of [1, width * 10 + 13, width * height]) {
      await expectSame(({ linear }) => [
        {
          tensor: linear,
          channel: 0,
          target: whole,
          source: whole,
          range: { mode: 'fixed', lo: -4, hi: 4 },
          reveal: width * height,
        },
        {
          tensor: linear,
          channel: 1,
          target: { x: 20, y: 20, width: 134, height: 90 },
          source: whole,
          range: perMap,
          reveal,
        },
        {
          tensor: linear,
          channel: 2,
          target: { x: 100, y: 0, width: 30, height: 20 },
          source: whole,
          range: perMap,
          reveal,
        },
      ]);
    }
  });
});
