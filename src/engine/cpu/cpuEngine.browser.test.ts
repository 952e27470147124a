import { afterEach, describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import { conv2dArithmetic } from '../../operators/conv2d/arithmetic.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { checkAgainstFloat64 } from '../check.ts';
import type { Engine, Scene, Tensor } from '../engine.ts';
import { createEngine } from '../index.ts';
import { createCpuEngine } from './index.ts';

const conv: Conv2d = {
  kind: 'conv2d',
  inChannels: 3,
  outChannels: 8,
  kernelSize: [5, 5],
  stride: [1, 1],
  padding: 'same',
  dilation: [1, 1],
  groups: 1,
  bias: true,
  paddingMode: 'reflect',
};
const graph: Graph = {
  nodes: [
    { id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] },
    { id: 'conv', operator: conv, inputs: ['input'] },
    { id: 'activation', operator: { kind: 'activation', function: 'relu' }, inputs: ['conv'] },
  ],
};
const parameters = {
  conv: {
    weight: Float32Array.from({ length: 8 * 75 }, (_, i) => Math.sin(i)),
    bias: Float32Array.from({ length: 8 }, (_, i) => Math.cos(i)),
  },
};
const shape = [1, 3, 120, 200] as const;
const values = Float32Array.from({ length: 3 * 120 * 200 }, (_, i) => Math.sin(i * 0.37));

/** Grey: entry i is (i, i, i). */
const grey = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));

/** A scene of one map, one value to one pixel. */
function sceneOf(tensor: Tensor, [lo, hi]: readonly [number, number] = [0, 255]): Scene {
  const whole = { x: 0, y: 0, width: tensor.shape[3], height: tensor.shape[2] };
  return {
    background: [1, 2, 3],
    colours: grey,
    tiles: [{ tensor, channel: 0, target: whole, source: whole, range: { mode: 'fixed', lo, hi } }],
  };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the CPU engine in its workers', () => {
  let engine: Engine | null = null;
  afterEach(() => {
    engine?.destroy();
    engine = null;
  });

  it('computes with several threads what the float64 reference says', async () => {
    engine = await createCpuEngine({ threads: 3 });
    expect(engine.description).toMatchObject({ kind: 'cpu', device: '3 threads' });
    const input = await engine.upload(values, shape);
    const run = await engine.run({ graph, parameters, inputs: { input }, outputs: ['conv', 'activation'] });
    await run.completed;
    const report = await checkAgainstFloat64(
      engine,
      { graph, parameters, inputs: { input: { shape, values } }, node: 'activation', output: run.tensors.activation! },
      () => undefined,
      new AbortController().signal,
    );
    expect(report).toMatchObject({ passed: true, values: 8 * 120 * 200 });
    expect(engine.counters.liveTensors).toBe(3);
  });

  it('gives the same bits with one thread, two and four', async () => {
    // 16 M multiplications, so that there is a task for every thread.
    const deep: Conv2d = { ...conv, inChannels: 32, outChannels: 66, kernelSize: [3, 3], stride: [2, 1] };
    const large: Graph = {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: 32 }, inputs: [] },
        { id: 'conv', operator: { ...deep, padding: 'full' }, inputs: ['input'] },
      ],
    };
    const weight = Float32Array.from({ length: 66 * 32 * 9 }, (_, i) => Math.sin(i * 1.7));
    const bias = Float32Array.from({ length: 66 }, (_, i) => i);
    const outputs: Float32Array[] = [];
    for (const threads of [1, 2, 4]) {
      engine = await createCpuEngine({ threads });
      const input = await engine.upload(values.subarray(0, 32 * 40 * 50), [1, 32, 40, 50]);
      const given = { graph: large, parameters: { conv: { weight, bias } }, inputs: { input }, outputs: ['conv'] };
      // The second run finds its weights where they were sent before.
      await (await engine.run(given)).completed;
      const run = await engine.run(given);
      const [, channels, height, width] = run.tensors.conv!.shape;
      outputs.push(await engine.read(run.tensors.conv!, { channel: 0, channels, y: 0, x: 0, height, width }));
      engine.destroy();
      engine = null;
    }
    expect(outputs[0]!.some((value) => value !== 0)).toBe(true);
    expect(outputs[1]).toEqual(outputs[0]);
    expect(outputs[2]).toEqual(outputs[0]);
  });

  it('reads, counts and describes maps as they are, kept or not', async () => {
    for (const budget of [2 ** 29, 0]) {
      engine = await createCpuEngine({ threads: 2, budget });
      const input = await engine.upload(values, shape);
      const run = await engine.run({ graph, parameters, inputs: { input }, outputs: ['conv'] });
      const maps = run.tensors.conv!;
      const { output } = conv2dArithmetic.reference(conv, [{ shape, values }], parameters.conv);
      const part = await engine.read(maps, { channel: 2, channels: 3, y: 10, x: 20, height: 5, width: 7 });
      expect(part.length).toBe(3 * 5 * 7);
      expect(part[0]).toBeCloseTo(output.values[(2 * 120 + 10) * 200 + 20]!, 4);
      expect(part.at(-1)).toBeCloseTo(output.values[(4 * 120 + 14) * 200 + 26]!, 4);
      const statistics = await engine.statistics(maps);
      const first = output.values.subarray(0, 120 * 200);
      expect(statistics).toHaveLength(8);
      expect(statistics[0]!.min).toBeCloseTo(Math.min(...first), 4);
      expect(statistics[0]!.max).toBeCloseTo(Math.max(...first), 4);
      const counts = await engine.histogram(maps, 0, 10, statistics[0]!.min, statistics[0]!.max);
      expect(counts.reduce((a, b) => a + b)).toBe(120 * 200);
      engine.destroy();
      engine = null;
    }
  });

  it('paints maps onto a canvas, and only the newest of several scenes', async () => {
    engine = await createCpuEngine({ threads: 1 });
    const canvas = new OffscreenCanvas(3, 2);
    const surface = engine.surface(canvas);
    const context = canvas.getContext('2d')!;
    const red = (x: number, y: number) => context.getImageData(x, y, 1, 1).data[0];
    const tensor = await engine.upload(new Float32Array([10, 20, 30, 40]), [1, 1, 2, 2]);
    for (const offset of [100, 50, 0]) surface.paint(sceneOf(tensor, [-offset, 255 - offset]));
    // What is painted is held until it is drawn.
    tensor.free();
    await until(() => red(0, 0) === 10);
    expect([red(0, 0), red(1, 0), red(2, 0), red(0, 1), red(1, 1), red(2, 1)]).toEqual([10, 20, 1, 30, 40, 1]);
    expect(engine.counters.liveTensors).toBe(0);
    surface.destroy();
  });

  it('does not draw a scene with a freed tensor: the last picture stays', async () => {
    engine = await createCpuEngine({ threads: 1 });
    const canvas = new OffscreenCanvas(3, 2);
    const surface = engine.surface(canvas);
    const context = canvas.getContext('2d')!;
    const red = () => context.getImageData(0, 0, 1, 1).data[0];
    const [kept, freed] = [
      await engine.upload(new Float32Array([10, 20, 30, 40]), [1, 1, 2, 2]),
      await engine.upload(new Float32Array([50, 60, 70, 80]), [1, 1, 2, 2]),
    ];
    surface.paint(sceneOf(kept));
    await until(() => red() === 10);
    freed.free();
    surface.paint(sceneOf(freed));
    surface.paint(sceneOf(kept, [-5, 250]));
    await until(() => red() === 15);
    surface.destroy();
  });

  it('first paints a preview of maps too large to keep, then their own values', async () => {
    // An identity convolution without memory for its maps: the preview of 2048 columns has blocks of 2 x 2.
    engine = await createCpuEngine({ threads: 1, budget: 0 });
    const identity: Conv2d = { ...conv, inChannels: 1, outChannels: 1, kernelSize: [1, 1], bias: false };
    const one: Graph = {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] },
        { id: 'conv', operator: identity, inputs: ['input'] },
      ],
    };
    const wide = Float32Array.from({ length: 4096 }, (_, i) => i % 256);
    const input = await engine.upload(wide, [1, 1, 2, 2048]);
    const weights = { conv: { weight: new Float32Array([1]), bias: null } };
    const run = await engine.run({ graph: one, parameters: weights, inputs: { input }, outputs: ['conv'] });
    const canvas = new OffscreenCanvas(2048, 2);
    const surface = engine.surface(canvas);
    const context = canvas.getContext('2d')!;
    surface.paint(sceneOf(run.tensors.conv!));
    await until(() => context.getImageData(7, 1, 1, 1).data[0] === 7);
    expect(context.getImageData(2047, 0, 1, 1).data[0]).toBe(255);
  });

  it('keeps this thread free while it computes', async () => {
    engine = await createCpuEngine({ threads: 1 });
    const large: Conv2d = { ...conv, kernelSize: [15, 15], bias: false };
    const slow: Graph = {
      nodes: graph.nodes.map((node) => (node.id === 'conv' ? { ...node, operator: large } : node)),
    };
    const weights = { conv: { weight: new Float32Array(8 * 3 * 225).fill(0.01), bias: null } };
    const input = await engine.upload(values, shape);
    const run = await engine.run({ graph: slow, parameters: weights, inputs: { input }, outputs: ['activation'] });
    let isDone = false;
    const done = run.completed.then(() => {
      isDone = true;
    });
    // A thread that computed would come to its timers only when everything is done.
    let turns = 0;
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve));
      turns += 1;
    }
    await done;
    expect(turns).toBeGreaterThan(3);
  });

  it('says that it is lost when a thread crashes, and answers nobody any more', async () => {
    const workers: Worker[] = [];
    const Original = globalThis.Worker;
    globalThis.Worker = class extends Original {
      constructor(...parameters: ConstructorParameters<typeof Worker>) {
        super(...parameters);
        workers.push(this);
      }
    };
    try {
      engine = await createCpuEngine({ threads: 2 });
    } finally {
      globalThis.Worker = Original;
    }
    const tensor = await engine.upload(new Float32Array(4), [1, 1, 2, 2]);
    workers[1]!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    expect(await engine.lost).toMatchObject({ code: 'device-lost', message: 'out of memory' });
    await expect(engine.statistics(tensor)).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('is what runs when the CPU is chosen, or WebGPU stands on software', async () => {
    const chosen = await createEngine('cpu');
    expect(chosen.reason).toBeNull();
    expect(chosen.engine.description.kind).toBe('cpu');
    chosen.engine.destroy();
    const found = await createEngine('auto');
    expect(found.reason).toBe('software-adapter');
    expect(found.engine.description.kind).toBe('cpu');
    found.engine.destroy();
  });
});
