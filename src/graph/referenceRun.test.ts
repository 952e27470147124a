import { describe, expect, it } from 'vitest';
import { createConv2d } from '../operators/conv2d/index.ts';
import { exploreGraph } from './explore.ts';
import type { Graph } from './graph.ts';
import { runReference } from './referenceRun.ts';

const row = { shape: [1, 1, 1, 3] as const, values: Float32Array.of(1, 2, 4) };
const difference = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2] });
const parameters = { weight: Float32Array.of(1, -2), bias: Float32Array.of(0.5) };

describe('a graph in float64', () => {
  it('gives every node its values: 1 - 4 + 0.5 and 2 - 8 + 0.5, then their sizes', () => {
    const results = runReference(exploreGraph(difference, 'abs'), { input: row }, { conv: parameters });
    expect([...results.input!.output.values]).toEqual([1, 2, 4]);
    expect([...results.conv!.output.values]).toEqual([-2.5, -5.5]);
    expect([...results.activation!.output.values]).toEqual([2.5, 5.5]);
  });

  it('judges a convolution by the sum of its |terms| and an activation by that times its steepest slope', () => {
    const results = runReference(exploreGraph(difference, 'sigmoid'), { input: row }, { conv: parameters });
    expect([...results.input!.magnitude]).toEqual([0, 0, 0]);
    expect([...results.conv!.magnitude]).toEqual([5.5, 10.5]);
    expect([...results.activation!.magnitude]).toEqual([5.5 / 4, 10.5 / 4]);
  });

  it('lets a second convolution inherit the scale of the first through its |weights|', () => {
    const nodes: Graph['nodes'] = [
      { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] },
      { id: 'first', operator: difference, inputs: ['input'] },
      { id: 'second', operator: difference, inputs: ['first'] },
    ];
    const results = runReference({ nodes }, { input: row }, { first: parameters, second: parameters });
    expect([...results.second!.output.values]).toEqual([-2.5 + 11 + 0.5]);
    // Own terms 2.5 + 11 + 0.5, inherited 5.5 + 2 * 10.5.
    expect([...results.second!.magnitude]).toEqual([14 + 26.5]);
  });

  it('wants a tensor for every input', () => {
    expect(() => runReference(exploreGraph(difference, 'none'), {}, { conv: parameters })).toThrow("input 'input'");
  });
});
