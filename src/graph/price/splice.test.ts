import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { architecture } from '../architectures/index.ts';
import { costOf } from '../cost.ts';
import { fieldOnPicture } from '../field/fieldOnPicture.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { contextPoint, contextWays } from './context.ts';
import type { Network } from './refit.ts';
import { contextLayerAt, type Splice, spliced, splicePlaces } from './splice.ts';

function networkOf(graph: Graph, input: Shape): Network {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value };
}

const input: Shape = [1, 3, 64, 64];
const small = () => {
  const net = new NetworkBuilder(input);
  const at = net.activation('relu', net.conv('conv', 'input', 8, { kernel: 3, padding: 1 }));
  net.linear('fc', net.flatten('flat', at), 10);
  return networkOf(net.graph, input);
};

function put(network: Network, splice: Splice) {
  const result = spliced(network, splice);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const parameters = ({ graph, shapes }: Network) => costOf(graph, shapes).total.parameters;
const fieldAt = ({ graph, shapes }: Network, id: string) => fieldOnPicture(graph, shapes, id, 'input')!.size[0];

describe('a way of seeing more', () => {
  it('in place of a convolution has its field, and the network the difference of the prices', () => {
    const network = small();
    const { network: changed, nodes } = put(network, { at: 'conv', place: 'instead', way: 'stack', field: 7 });
    expect(nodes).toEqual(['conv.wide.0', 'conv.wide.0.relu', 'conv.wide.1', 'conv.wide.1.relu', 'conv.wide.2']);
    expect(fieldAt(changed, 'relu')).toBe(7);
    const { parameters: price } = contextPoint('stack', 7, contextLayerAt(network, 'conv', 'instead')!);
    expect(parameters(changed) - parameters(network)).toBe(price - 8 * 28);
  });

  it('behind a layer adds to its field, and ends in a ReLU', () => {
    const { network: changed, nodes } = put(small(), { at: 'relu', place: 'behind', way: 'dilated', field: 15 });
    expect(fieldAt(changed, 'flat')).toBe(64 + 2 * 8);
    expect(fieldAt(changed, nodes.at(-1)!)).toBe(3 + 14);
    expect(changed.graph.nodes.find(({ id }) => id === 'flat')?.inputs).toEqual(['relu.wide.relu']);
  });

  it('that halves the maps has the fully connected layer count its features anew', () => {
    const { network } = put(small(), { at: 'relu', place: 'behind', way: 'pooled', field: 9 });
    expect(network.graph.nodes.at(-1)!.operator).toMatchObject({ inFeatures: 8 * 32 * 32 });
  });

  it('can be put behind a layer again and again', () => {
    const once = put(small(), { at: 'relu', place: 'behind', way: 'kernel', field: 5 }).network;
    const twice = put(once, { at: 'relu', place: 'behind', way: 'kernel', field: 5 }).network;
    expect(twice.graph.nodes.map(({ id }) => id)).toContain('relu.wide2.0');
  });

  it('is refused where there is no convolution to take the place of', () => {
    expect(spliced(small(), { at: 'relu', place: 'instead', way: 'kernel', field: 5 })).toMatchObject({
      ok: false,
      error: { code: 'not-a-convolution', node: 'relu' },
    });
  });

  it('at any convolution of a ResNet gives a network with the same classes, or says which join refuses smaller maps', () => {
    const network = networkOf(architecture('resnet18', input), input);
    const layers = network.graph.nodes.filter(({ operator }) => operator.kind === 'conv2d').map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.constantFrom(...layers),
        fc.constantFrom(...splicePlaces),
        fc.constantFrom(...contextWays),
        fc.constantFrom(3, 5, 9),
        (at, place, way, field) => {
          const result = spliced(network, { at, place, way, field });
          if (!result.ok) {
            expect(way).toBe('pooled');
            expect(result.error.message).toMatch(/must match the size of tensor b/);
            return;
          }
          const { graph, shapes } = result.value.network;
          expect(shapes[graph.nodes.at(-1)!.id]).toEqual([1, 1000, 1, 1]);
          expect(inferShapes(graph, { input })).toEqual({ ok: true, value: shapes });
        },
      ),
      { numRuns: 40 },
    );
  });
});
