import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetworkBuilder } from '../architectures/builder.ts';
import { architecture, architectureNames } from '../architectures/index.ts';
import { costOf } from '../cost.ts';
import type { Graph } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';
import { activationMemory, usualConvention } from './memory.ts';

const side = 10;
const channel = 4 * side * side;

function measured(build: (net: NetworkBuilder) => void, inPlaceActivations = true) {
  const net = new NetworkBuilder([1, 3, side, side]);
  build(net);
  return activationMemory(net.graph, shapesOf(net.graph, [1, 3, side, side]), { inPlaceActivations });
}

function shapesOf(graph: Graph, input: Shapes[string]): Shapes {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

const threeLayers = (net: NetworkBuilder) => {
  const a = net.activation('relu1', net.conv('a', 'input', 8, { kernel: 3, padding: 1 }));
  const b = net.activation('relu2', net.conv('b', a, 16, { kernel: 3, padding: 1 }));
  net.conv('c', b, 2);
};

describe('the memory of maps', () => {
  it('in training is the picture and every map, since all are read again on the way back', () => {
    expect(measured(threeLayers).trainingBytes).toBe((3 + 8 + 16 + 2) * channel);
  });

  it('in training counts activations that write maps of their own once more', () => {
    expect(measured(threeLayers, false).trainingBytes).toBe((3 + 2 * 8 + 2 * 16 + 2) * channel);
  });

  it('in inference has what a layer reads and what it writes, so its peak stands where both together are largest', () => {
    const { inferencePeak, live } = measured(threeLayers);
    expect(live).toEqual({
      input: 3 * channel,
      a: 11 * channel,
      relu1: 8 * channel,
      b: 24 * channel,
      relu2: 16 * channel,
      c: 18 * channel,
    });
    expect(inferencePeak).toEqual({ bytes: 24 * channel, at: 'b' });
  });

  it('keeps what a skip brings until it is added', () => {
    const { live } = measured((net) => {
      const from = net.conv('from', 'input', 8);
      const at = net.conv('narrow', from, 2);
      net.arithmetic('add', 'add', net.conv('wide', at, 8), from);
    });
    expect(live).toMatchObject({ narrow: 10 * channel, wide: 18 * channel, add: 24 * channel });
  });

  it('lets an activation write over a map only where nobody else reads that', () => {
    const { live } = measured((net) => {
      const from = net.conv('from', 'input', 8);
      net.concat('both', from, net.activation('relu', from));
    });
    expect(live).toMatchObject({ relu: 16 * channel, both: 32 * channel });
  });

  it('keeps what GELU reads in training, whose gradient its result does not tell', () => {
    const withActivation = (name: 'relu' | 'gelu') =>
      measured((net) => net.activation('act', net.conv('conv', 'input', 8), name));
    expect(withActivation('relu').trainingBytes).toBe((3 + 8) * channel);
    expect(withActivation('gelu').trainingBytes).toBe((3 + 8 + 8) * channel);
    expect(withActivation('gelu').inferencePeak.bytes).toBe(11 * channel);
  });

  it('takes a reshape for the same map, and dropout in inference too', () => {
    const { trainingBytes, inferencePeak } = measured((net) => net.flatten('flat', net.dropout('drop', 'input', 0.5)));
    expect(trainingBytes).toBe((3 + 3) * channel);
    expect(inferencePeak.bytes).toBe(3 * channel);
  });

  it('of every architecture has its peak between its largest layer and what training keeps', () => {
    fc.assert(
      fc.property(fc.constantFrom(...architectureNames), fc.integer({ min: 97, max: 131 }), (name, size) => {
        const input = [1, 3, size, size] as const;
        const graph = architecture(name, input);
        const shapes = shapesOf(graph, input);
        const { trainingBytes, inferencePeak } = activationMemory(graph, shapes, usualConvention);
        const { nodes, total } = costOf(graph, shapes);
        expect(inferencePeak.bytes).toBeGreaterThanOrEqual(
          Math.max(...Object.values(nodes).map(({ activationBytes }) => activationBytes)),
        );
        expect(inferencePeak.bytes).toBeLessThanOrEqual(trainingBytes);
        expect(trainingBytes).toBeLessThanOrEqual(total.activationBytes + 4 * 3 * size * size);
      }),
      { numRuns: 12 },
    );
  });
});
