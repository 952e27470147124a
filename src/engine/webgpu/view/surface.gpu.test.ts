/** When and in which order a surface draws: the first picture of maps is the right one, and a canvas never shows an unfinished one. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, Scene, Tensor, Tile } from '../../engine.ts';
import { createWebGPUEngine, type WebGPUEngineOptions } from '../index.ts';
import type { DeviceTensor } from '../run/tensors.ts';
import { createConv2d, onEverySide } from '../testing/convolutions.ts';
import { layerGraph, randomValues } from '../testing/exactness.ts';

const canvasSize = { width: 160, height: 120 };
const colours = Uint8Array.from({ length: 1024 }, (_, i) => [i >> 2, 255 - (i >> 2), 128, 255][i % 4]!);

let engine: Engine;
afterEach(() => engine.destroy());

async function start(options: Partial<WebGPUEngineOptions> = {}): Promise<void> {
  engine = await createWebGPUEngine({ gpu: navigator.gpu, ...options });
}

/** `maps` maps of height x width of noise. */
async function noise(maps: number, height: number, width: number): Promise<Tensor> {
  const conv = createConv2d({ inChannels: 1, outChannels: maps, kernelSize: [3, 3], padding: onEverySide(1) });
  const input = await engine.upload(randomValues(height * width, 3), [1, 1, height, width]);
  const parameters = { conv: { weight: randomValues(maps * 9, 4), bias: randomValues(maps, 5) } };
  const { tensors } = await engine.run({ graph: layerGraph(conv), inputs: { input }, parameters, outputs: ['conv'] });
  return tensors.conv!;
}

const tileOf = (tensor: Tensor, x: number, side = 80): Tile => ({
  tensor,
  channel: 1,
  target: { x, y: 0, width: 80, height: 80 },
  source: { x: 0, y: 0, width: side, height: side },
  range: { mode: 'per-map', percentiles: false, symmetric: false },
});

const sceneOf = (...tiles: readonly Tile[]): Scene => ({ background: [10, 20, 30], colours, tiles });

/** A canvas, its surface, how often it asked for the canvas's texture, and its pixels. */
function canvasOf() {
  const canvas = new OffscreenCanvas(canvasSize.width, canvasSize.height);
  const context = canvas.getContext('webgpu')!;
  const getCurrentTexture = context.getCurrentTexture.bind(context);
  const state = { drawn: 0 };
  context.getCurrentTexture = () => {
    state.drawn++;
    return getCurrentTexture();
  };
  const surface = engine.surface(canvas);
  const copy = new OffscreenCanvas(canvasSize.width, canvasSize.height).getContext('2d', { willReadFrequently: true })!;
  const pixels = (): Uint8ClampedArray => {
    copy.drawImage(canvas, 0, 0);
    return copy.getImageData(0, 0, canvasSize.width, canvasSize.height).data;
  };
  return { surface, state, pixels };
}

/** An adapter whose compute pipelines are made at once, until `hold`: then they wait for `release`. */
async function heldCompiler() {
  const adapter = (await navigator.gpu.requestAdapter())!;
  const request = adapter.requestDevice.bind(adapter);
  let release = (): void => undefined;
  let ask = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  let isHeld = false;
  adapter.requestDevice = async (descriptor) => {
    const device = await request(descriptor);
    const create = device.createComputePipelineAsync.bind(device);
    device.createComputePipelineAsync = async (pipeline) => {
      if (isHeld) {
        ask();
        await released;
      }
      return create(pipeline);
    };
    return device;
  };
  const hold = () => {
    isHeld = true;
  };
  return { adapter, asked, hold, release };
}

async function untilDrawn(state: { readonly drawn: number }): Promise<void> {
  while (state.drawn === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the first picture of maps', () => {
  it('is the same as the second, also when statistics and geometry share pooled buffers', async () => {
    await start();
    const first = canvasOf();
    first.surface.paint(sceneOf(tileOf(await noise(4, 40, 40), 0)));
    await untilDrawn(first.state);
    // 128 maps of one piece each: their partial statistics take 4096 bytes, as a new surface's geometry does.
    const tensor = await noise(128, 45, 67);
    const { surface, pixels } = canvasOf();
    surface.paint(sceneOf(tileOf(tensor, 20)));
    const early = pixels();
    surface.paint(sceneOf(tileOf(tensor, 20)));
    const late = pixels();
    expect(early.reduce((count, byte, i) => count + Number(byte !== late[i]), 0)).toBe(0);
    expect(new Set(early.filter((_, i) => i % 4 === 0)).size).toBeGreaterThan(20);
  });

  it('waits for a program it needs, leaves the canvas alone meanwhile, and loses no statistics', async () => {
    // Four maps of 90 x 90 exceed this binding: they are computed again where they are looked at.
    await start({ traits: { maxStorageBinding: 45_000 } });
    const warm = canvasOf();
    warm.surface.paint(sceneOf(tileOf(await noise(4, 20, 20), 0)));
    await untilDrawn(warm.state);
    const [kept, swept] = [await noise(4, 40, 40), await noise(4, 90, 90)];
    expect([kept, swept].map((tensor) => (tensor as DeviceTensor).content.kind)).toEqual(['stored', 'recomputed']);
    const { surface, state } = canvasOf();
    const before = engine.counters.compilations;
    surface.paint(sceneOf(tileOf(kept, 0), tileOf(swept, 80, 5)));
    expect(state.drawn).toBe(0);
    await untilDrawn(state);
    expect(engine.counters.compilations).toBe(before + 1);
    const values = await engine.read(kept, { channel: 1, channels: 1, y: 0, x: 0, height: 40, width: 40 });
    const [, statistics] = await engine.statistics(kept);
    expect(statistics!.min).toBeCloseTo(Math.min(...values), 6);
    expect(statistics!.max).toBeCloseTo(Math.max(...values), 6);
  });
});

describe('a first visit, whose program is being compiled,', () => {
  it('does not hold up the drawing of the maps that there are', async () => {
    const compiler = await heldCompiler();
    await start({ adapter: compiler.adapter });
    const tensor = await noise(4, 40, 40);
    const { surface, state } = canvasOf();
    surface.paint(sceneOf(tileOf(tensor, 0)));
    await untilDrawn(state);
    const conv = createConv2d({ inChannels: 1, outChannels: 16, kernelSize: [11, 11] });
    const input = await engine.upload(randomValues(400, 3), [1, 1, 20, 20]);
    const parameters = { conv: { weight: randomValues(16 * 121, 4), bias: null } };
    compiler.hold();
    let isThere = false;
    const run = engine.run({ graph: layerGraph(conv), inputs: { input }, parameters, outputs: ['conv'] }).then(() => {
      isThere = true;
    });
    await compiler.asked;
    const { drawn } = state;
    surface.paint(sceneOf(tileOf(tensor, 40)));
    while (state.drawn === drawn) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isThere).toBe(false);
    compiler.release();
    await run;
    expect(isThere).toBe(true);
  });
});

describe('a scene with a freed tensor', () => {
  it('is not drawn: the last picture stays', async () => {
    await start();
    const [kept, freed] = [await noise(4, 40, 40), await noise(4, 40, 40)];
    const { surface, state } = canvasOf();
    surface.paint(sceneOf(tileOf(kept, 0), tileOf(freed, 80)));
    await untilDrawn(state);
    const { drawn } = state;
    freed.free();
    surface.paint(sceneOf(tileOf(kept, 0), tileOf(freed, 80)));
    expect(state.drawn).toBe(drawn);
    surface.paint(sceneOf(tileOf(kept, 0)));
    expect(state.drawn).toBe(drawn + 1);
  });
});

describe('a canvas that cannot be drawn on', () => {
  it('is told by the engine as lost: a shader that the browser refuses', async () => {
    const adapter = (await navigator.gpu.requestAdapter())!;
    const request = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (descriptor) => {
      const device = await request(descriptor);
      const create = device.createShaderModule.bind(device);
      device.createShaderModule = ({ code, ...rest }) =>
        create({ ...rest, code: code.replace('colourIndex(sum', 'no(sum') });
      return device;
    };
    await start({ adapter });
    const { surface } = canvasOf();
    surface.paint(sceneOf());
    const error = await engine.lost;
    expect(error.code).toBe('shader-failed');
    expect(error.values).toEqual({ program: 'tiles' });
  });
});
