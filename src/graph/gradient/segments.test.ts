import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RandomNetwork, randomNetworks } from '../../../tests/support/randomNetworks.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { architecture } from '../architectures/index.ts';
import type { Graph, GraphParameters, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { runReference } from '../referenceRun.ts';
import { gradientGraph } from './index.ts';
import { type SegmentedGradient, segmentedGradient } from './segments.ts';

const wave = (length: number, step: number) => Float64Array.from({ length }, (_, i) => Math.sin(step * (i + 1)));
const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

/** Runs graphs in float64 and counts the bytes that are held, as float32: beside these tensors each node's from its run to its last reader. */
class CountingRun {
  readonly held = new Map<HostTensor, number>();
  most = 0;

  hold(tensor: HostTensor): void {
    this.held.set(tensor, 4 * tensor.values.length);
    this.#count([]);
  }

  free(tensor: HostTensor): void {
    this.held.delete(tensor);
  }

  run(graph: Graph, given: ReadonlyMap<NodeId, HostTensor>, parameters: GraphParameters, wanted: readonly NodeId[]) {
    const inputs = Object.fromEntries(
      graph.nodes.filter(({ operator }) => operator.kind === 'input').map(({ id }) => [id, given.get(id)!] as const),
    );
    const results = runReference(graph, inputs, parameters);
    for (const [at, { id }] of graph.nodes.entries()) {
      const isRead = (each: NodeId) => graph.nodes.slice(at).some(({ inputs: read }) => read.includes(each));
      const before = graph.nodes.slice(0, at).filter(({ id: each }) => isRead(each) || wanted.includes(each));
      const there = [...before.map(({ id: each }) => each), id].filter((each) => !(each in inputs));
      this.#count(there.map((each) => 4 * results[each]!.output.values.length));
    }
    return (id: NodeId): HostTensor => results[id]!.output;
  }

  #count(more: readonly number[]): void {
    this.most = Math.max(
      this.most,
      [...this.held.values(), ...more].reduce((a, b) => a + b, 0),
    );
  }
}

/** The gradient at the picture, and the most bytes that were there at once. */
function gradientIn({ segments }: SegmentedGradient, { graph, shapes, parameters }: RandomNetwork) {
  const run = new CountingRun();
  const of = graph.nodes.at(-1)!.id;
  const picture = { shape: shapes.input!, values: wave(count(shapes.input!), 7.77) };
  const given = new Map<NodeId, HostTensor>([['input', picture]]);
  run.hold(picture);
  for (const { forward, keeps } of segments.slice(0, -1)) {
    const result = run.run(forward, given, parameters, keeps);
    for (const id of keeps) given.set(id, result(id));
    for (const id of keeps) run.hold(result(id));
  }
  let gradients = new Map<NodeId, HostTensor>([[of, { shape: shapes[of]!, values: wave(count(shapes[of]!), 3.3) }]]);
  run.hold(gradients.get(of)!);
  for (const [i, { back }] of [...segments.entries()].toReversed()) {
    const named = new Map([...back.cotangents].map(([node, id]) => [id, gradients.get(node)!]));
    const result = run.run(back.graph, new Map([...given, ...named]), back.parameters(parameters), back.outputs);
    const former = gradients;
    gradients = new Map([...back.gradients].map(([node, id]) => [node, named.get(id) ?? result(id)]));
    for (const id of segments[i - 1]?.keeps ?? []) run.free(given.get(id)!);
    for (const tensor of former.values()) run.free(tensor);
    for (const tensor of gradients.values()) run.hold(tensor);
  }
  return { values: gradients.get('input')!.values, most: run.most };
}

function wholeWay({ graph, shapes, parameters }: RandomNetwork) {
  const of = graph.nodes.at(-1)!.id;
  const back = gradientGraph(graph, shapes, of, 'input');
  if (!back) return null;
  const inputs = {
    input: { shape: shapes.input!, values: wave(count(shapes.input!), 7.77) },
    [back.cotangent]: { shape: shapes[of]!, values: wave(count(shapes[of]!), 3.3) },
  };
  const isThere = new Set(back.graph.nodes.map(({ id }) => id));
  const given = Object.fromEntries(Object.entries(inputs).filter(([id]) => isThere.has(id)));
  return runReference(back.graph, given, back.parameters(parameters))[back.gradient]!.output.values;
}

describe('a gradient in segments', () => {
  it('has the bits of the whole way, whatever the limit, and holds no more than it says: 150 random networks', () => {
    let cut = 0;
    fc.assert(
      fc.property(
        randomNetworks(() => 1),
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        (network, share) => {
          const { graph, shapes } = network;
          const of = graph.nodes.at(-1)!.id;
          const plan = (limit: number) => segmentedGradient(graph, shapes, of, 'input', limit);
          const atOnce = plan(Number.POSITIVE_INFINITY);
          const expected = wholeWay(network);
          expect(atOnce === null).toBe(expected === null);
          if (!atOnce || !expected) return;
          expect(atOnce.segments).toHaveLength(1);
          const limited = plan(share * atOnce.peakBytes)!;
          if (limited.segments.length > 1) cut += 1;
          for (const each of [atOnce, limited]) {
            const { values, most } = gradientIn(each, network);
            expect(values).toEqual(expected);
            expect(most).toBeLessThanOrEqual(each.peakBytes);
          }
        },
      ),
      { numRuns: 150, seed: 6 },
    );
    expect(cut).toBeGreaterThan(20);
  });

  it.each([
    ['vgg16', 'features.30', 64],
    ['resnet50', 'layer4.2.relu3', 36],
    ['densenet121', 'features.norm5', 60],
  ] as const)('of %s at 224, %s, takes more at once than %i MB, and in segments less', (name, of, megabytes) => {
    const input = [1, 3, 224, 224] as const;
    const graph = architecture(name, input);
    const shapes = inferShapes(graph, { input });
    if (!shapes.ok) throw new Error(shapes.error.message);
    const limit = megabytes * 2 ** 20;
    const atOnce = segmentedGradient(graph, shapes.value, of, 'input', Number.POSITIVE_INFINITY)!;
    const limited = segmentedGradient(graph, shapes.value, of, 'input', limit)!;
    expect(atOnce.peakBytes).toBeGreaterThan(limit);
    expect(limited.peakBytes).toBeLessThanOrEqual(limit);
    expect(limited.segments.length).toBeGreaterThan(1);
  });
});
