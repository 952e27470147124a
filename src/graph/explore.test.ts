import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convCases } from '../../tests/support/convCases.ts';
import { createConv2d } from '../operators/conv2d/index.ts';
import {
  activationAfter,
  channelsReadBy,
  convOf,
  exploreGraph,
  partialGraph,
  partialParameters,
  withActivation,
  withConv,
} from './explore.ts';
import { runReference } from './referenceRun.ts';

const conv = createConv2d({ inChannels: 3, outChannels: 6, kernelSize: [3, 3] });

describe("Explore's graph", () => {
  const graph = exploreGraph(conv, 'relu');

  it('is input → conv → activation', () => {
    expect(graph.nodes.map((node) => [node.id, node.inputs])).toEqual([
      ['input', []],
      ['conv', ['input']],
      ['activation', ['conv']],
    ]);
    expect(convOf(graph, 'conv')).toBe(conv);
    expect(activationAfter(graph, 'conv')).toBe('relu');
    expect(() => convOf(graph, 'input')).toThrow("node 'input' is not a convolution");
  });

  it('takes another layer, and the input follows its in_channels', () => {
    const grey = { ...conv, inChannels: 1 };
    const changed = withConv(graph, 'conv', grey);
    expect(convOf(changed, 'conv')).toBe(grey);
    expect(changed.nodes[0]?.operator).toEqual({ kind: 'input', channels: 1 });
    expect(changed).toEqual(exploreGraph(grey, 'relu'));
  });

  it('takes another activation', () => {
    expect(withActivation(graph, 'conv', 'gelu')).toEqual(exploreGraph(conv, 'gelu'));
  });
});

describe('a map taken apart', () => {
  it('reads the channels of its group: filter 3 of 6 in 3 groups reads channel 1', () => {
    expect(channelsReadBy({ ...conv, groups: 3 }, 3)).toEqual({ first: 1, count: 1 });
    expect(channelsReadBy(conv, 3)).toEqual({ first: 0, count: 3 });
  });

  it('is the sum of the partial maps of the input channels, plus bias; channels outside the group give zeros', () => {
    fc.assert(
      fc.property(convCases, fc.nat(), ({ conv: layer, input, parameters }, pick) => {
        const channel = pick % layer.outChannels;
        const whole = runReference(exploreGraph(layer, 'none'), { input }, { conv: parameters }).conv!;
        const partial = runReference(
          partialGraph(layer),
          { input },
          { conv: partialParameters(layer, parameters, channel) },
        );
        const maps = partial.conv!.output;
        const [n, , rows, columns] = whole.output.shape;
        expect(maps.shape).toEqual([n, layer.inChannels, rows, columns]);
        const area = rows * columns;
        const { first, count } = channelsReadBy(layer, channel);
        for (let i = 0; i < area; i++) {
          let sum = parameters.bias?.[channel] ?? 0;
          for (let c = 0; c < layer.inChannels; c++) {
            const value = maps.values[c * area + i]!;
            if (c < first || c >= first + count) expect(Math.abs(value)).toBe(0);
            sum += value;
          }
          const at = channel * area + i;
          expect(Math.abs(sum - whole.output.values[at]!)).toBeLessThanOrEqual(1e-12 * (1 + whole.magnitude[at]!));
        }
      }),
      { numRuns: 100 },
    );
  });
});
