import { describe, expect, it } from 'vitest';
import { loadRules } from '../../operators/loadRules.ts';
import type { Shape } from '../../operators/operator.ts';
import { costOf } from '../cost.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { validateGraph } from '../validate.ts';
import { defaultLayer } from './defaultLayer.ts';
import { type Layer, layerKinds } from './layer.ts';
import { layerNodes } from './layerNodes.ts';

const shape: Shape = [1, 16, 12, 10];
const place = { inChannels: 16, outChannels: 32, inputSize: [12, 10] } as const;

function graphOf(layer: Layer): Graph {
  const input = { id: 'input', operator: { kind: 'input', channels: 16 }, inputs: [] } as const;
  return { nodes: [input, ...layerNodes(layer, 'a', { id: 'input', shape })] };
}

async function shapesOf(layer: Layer) {
  const graph = graphOf(layer);
  await loadRules(graph.nodes);
  const shapes = inferShapes(graph, { input: shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value, output: shapes.value[graph.nodes.at(-1)!.id] };
}

const sizes: Readonly<Record<Layer['kind'], Shape>> = {
  standard: [1, 32, 12, 10],
  separable: [1, 32, 12, 10],
  spatially_separable: [1, 32, 12, 10],
  // (12 - 1)·2 - 2 + 4 = 24, (10 - 1)·2 - 2 + 4 = 20
  transposed: [1, 32, 24, 20],
  deformable: [1, 32, 12, 10],
  shuffled: [1, 32, 12, 10],
  linear: [1, 32, 1, 1],
  locally_connected: [1, 32, 12, 10],
};

describe('a layer of each kind', () => {
  it.each(layerKinds)('%s is a valid chain of nodes with the output that its sizes give', async (kind) => {
    const { graph, output } = await shapesOf(defaultLayer(kind, place));
    expect(validateGraph(graph).ok).toBe(true);
    expect(output).toEqual(sizes[kind]);
  });

  it.each([
    // 32 · 16 · 9 + 32
    ['standard', 4640],
    // 16 · 9, and 32 · 16 + 32
    ['separable', 144 + 544],
    // 32 · 16 · 3, and 32 · 32 · 3 + 32
    ['spatially_separable', 1536 + 3104],
    // 16 · 32 · 16 + 32
    ['transposed', 8224],
    // 4640, and 18 · 16 · 9 + 18
    ['deformable', 4640 + 2610],
    // In 4 groups: 16 · 4 · 9, and 32 · 4 + 32
    ['shuffled', 576 + 160],
    // 32 · 16 · 12 · 10 + 32
    ['linear', 61_472],
  ] as const)('%s of 16 to 32 channels has %i parameters', async (kind, parameters) => {
    const { graph, shapes } = await shapesOf(defaultLayer(kind, place));
    expect(costOf(graph, shapes).total.parameters).toBe(parameters);
  });

  it('deformable with a mask cuts the maps of its offset convolution into 2·K offsets and K masks', async () => {
    const layer = defaultLayer('deformable', place);
    if (layer.kind !== 'deformable') throw new Error('another kind');
    const { shapes, output } = await shapesOf({
      ...layer,
      conv: { ...layer.conv, hasMask: true },
      offsets: { ...layer.offsets, outChannels: 27 },
    });
    expect(shapes['a.shifts']).toEqual([1, 18, 12, 10]);
    expect(shapes['a.mask']).toEqual([1, 9, 12, 10]);
    expect(output).toEqual([1, 32, 12, 10]);
  });
});
