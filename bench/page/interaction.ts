/**
 * What a moved slider costs on the page's own thread: for each step the JavaScript of one engine run and of painting its maps. The
 * same positions are walked again and again: the first pass may allocate and compile, later ones must not.
 */
import type { Engine, Scene, Tensor } from '../../src/engine/engine.ts';
import { exploreGraph, exploreNodes } from '../../src/graph/explore.ts';
import { inferShapes } from '../../src/graph/infer.ts';
import type { Conv2d } from '../../src/operators/conv2d/attributes.ts';
import type { Shape } from '../../src/operators/operator.ts';
import { median } from '../timing/rounds.ts';

export interface InteractionReport {
  readonly steps: number;
  /** Milliseconds of JavaScript per step. */
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly firstPassMedianMs: number;
  /** What the passes after the first have made. */
  readonly allocations: number;
  readonly compilations: number;
}

const shape: Shape = [1, 3, 256, 256];
const outChannels = 16;
const passes = 5;

const layer: Conv2d = {
  kind: 'conv2d',
  inChannels: 3,
  outChannels,
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
  dilation: [1, 1],
  groups: 1,
  bias: true,
  paddingMode: 'zeros',
};

/** Fifty positions of the sliders, one moved at a time. */
export function positions(): Conv2d[] {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const all = (n: number) => ({ top: n, bottom: n, left: n, right: n });
  return [
    ...range(1, 15).map((k): Conv2d => ({ ...layer, kernelSize: [k, k] })),
    ...range(1, 8).map((s): Conv2d => ({ ...layer, stride: [s, s] })),
    ...range(1, 8).map((d): Conv2d => ({ ...layer, dilation: [d, d] })),
    ...range(0, 15).map((p): Conv2d => ({ ...layer, padding: all(p) })),
    ...(['reflect', 'replicate', 'circular'] as const).map((paddingMode): Conv2d => ({ ...layer, paddingMode })),
  ];
}

function sceneOf(maps: Tensor): Scene {
  const [, channels, height, width] = maps.shape;
  return {
    background: [255, 255, 255],
    colours: Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2)),
    tiles: Array.from({ length: channels }, (_, channel) => ({
      tensor: maps,
      channel,
      target: { x: 4 + (channel % 4) * 180, y: 4 + Math.floor(channel / 4) * 180, width: 176, height: 176 },
      source: { x: 0, y: 0, width, height },
      range: { mode: 'per-map', percentiles: false, symmetric: true },
    })),
  };
}

export async function measureInteraction(engine: Engine): Promise<InteractionReport> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 724, height: 724 });
  document.body.append(canvas);
  const surface = engine.surface(canvas);
  const input = await engine.upload(
    Float32Array.from({ length: shape[1] * shape[2] * shape[3] }, (_, i) => Math.sin(i)),
    shape,
  );
  // Weights are made when a filter changes, not while the other sliders move.
  const steps = positions().map((conv) => {
    const length = (conv.outChannels * conv.inChannels * conv.kernelSize[0] * conv.kernelSize[1]) / conv.groups;
    const weight = Float32Array.from({ length }, (_, i) => Math.cos(i));
    return { conv, parameters: { [exploreNodes.conv]: { weight, bias: new Float32Array(outChannels) } } };
  });
  let shown: Tensor | null = null;

  async function pass(): Promise<number[]> {
    const times: number[] = [];
    for (const { conv, parameters } of steps) {
      const start = performance.now();
      const graph = exploreGraph(conv, 'relu');
      inferShapes(graph, { [exploreNodes.input]: shape });
      const run = await engine.run({
        graph,
        parameters,
        inputs: { [exploreNodes.input]: input },
        outputs: [exploreNodes.activation],
      });
      const maps = run.tensors[exploreNodes.activation]!;
      surface.paint(sceneOf(maps));
      shown?.free();
      shown = maps;
      times.push(performance.now() - start);
      await run.completed;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return times;
  }

  const first = await pass();
  // What is compiled in the background may still be on its way.
  await engine.statistics(shown!);
  const before = engine.counters;
  const later: number[] = [];
  for (let i = 1; i < passes; i++) later.push(...(await pass()));
  const after = engine.counters;
  surface.destroy();
  canvas.remove();
  return {
    steps: later.length,
    medianMs: median(later),
    p95Ms: later.toSorted((a, b) => a - b)[Math.floor(0.95 * later.length)]!,
    firstPassMedianMs: median(first),
    allocations: after.allocations - before.allocations,
    compilations: after.compilations - before.compilations,
  };
}
