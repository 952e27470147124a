import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../graph/graph.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import { layerAlone } from './layerAlone.ts';

const conv = createConv2d({ inChannels: 3, outChannels: 4, kernelSize: [3, 3] });
const next = createConv2d({ inChannels: 4, outChannels: 4, kernelSize: [1, 1] });
const graph: Graph = {
  nodes: [
    { id: 'photo', operator: { kind: 'input', channels: 3 }, inputs: [] },
    { id: 'a', operator: conv, inputs: ['photo'] },
    { id: 'relu', operator: { kind: 'activation', function: 'relu' }, inputs: ['a'] },
    { id: 'b', operator: next, inputs: ['relu'] },
    { id: 'sum', operator: { kind: 'arithmetic', function: 'add' }, inputs: ['b', 'relu'] },
  ],
} as Graph;

describe('a layer alone', () => {
  it('keeps the activation that is fused with it, and reads an input of its own', () => {
    const { graph: alone, source, output } = layerAlone(graph, 'a')!;
    expect(source).toBe('photo');
    expect(output).toBe('relu');
    expect(alone.nodes.map(({ id, inputs }) => [id, ...inputs])).toEqual([['input'], ['a', 'input'], ['relu', 'a']]);
  });

  it('is the convolution only where something else reads it', () => {
    const { graph: alone, source, output } = layerAlone(graph, 'b')!;
    expect([source, output]).toEqual(['relu', 'b']);
    expect(alone.nodes[0]).toMatchObject({ operator: { kind: 'input', channels: 4 } });
  });

  it('is none of another operator', () => {
    expect(layerAlone(graph, 'sum')).toBeNull();
    expect(layerAlone(graph, 'nothing')).toBeNull();
  });
});
