/** Random networks, built as a person builds them: a layer or a block behind any node, and now and then a way past some of them. */
import fc from 'fast-check';
import type { Graph } from '../../src/graph/graph.ts';
import { insertAfter } from '../../src/graph/network/edit.ts';
import { fitChannels } from '../../src/graph/network/fitChannels.ts';
import { inferEach, runnablePart } from '../../src/graph/network/inferEach.ts';
import { branchFrom, joinError } from '../../src/graph/network/joins.ts';
import { layerKinds } from '../../src/graph/network/kinds.ts';
import { blockNames, type Template, templateBlock, templateGraph } from '../../src/graph/network/templates.ts';
import { activationNames } from '../../src/operators/activation/attributes.ts';
import type { Shape } from '../../src/operators/operator.ts';

export const picture: Shape = [1, 3, 20, 24];

export const emptyNetwork: Graph = {
  nodes: [{ id: 'input', operator: { kind: 'input', channels: 3 }, inputs: [] }],
};

const template: fc.Arbitrary<Template> = fc.oneof(
  fc.constantFrom(...layerKinds).map((kind) => ({ template: 'layer' as const, kind })),
  fc.constantFrom(...activationNames).map((name) => ({ template: 'activation' as const, function: name })),
  fc.constantFrom('max' as const, 'average' as const).map((name) => ({ template: 'pool' as const, function: name })),
  { weight: 3, arbitrary: fc.constantFrom(...blockNames).map((name) => ({ template: 'block' as const, name })) },
);

const step = fc.record({
  template,
  at: fc.nat(),
  isJoin: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
  from: fc.nat(),
  join: fc.constantFrom('add' as const, 'concat' as const),
});

/** A network of at most `steps` edits in which every node has a shape. */
export const networks = (steps = 8): fc.Arbitrary<Graph> =>
  fc.array(step, { minLength: 1, maxLength: steps }).map((list) => list.reduce(grow, emptyNetwork));

function grow(graph: Graph, { template: chosen, at, isJoin, from, join }: StepOf): Graph {
  const states = inferEach(graph, { input: picture });
  const node = graph.nodes[at % graph.nodes.length]!;
  const state = states[node.id];
  if (state?.state !== 'shape') return graph;
  const other = graph.nodes[from % graph.nodes.length]!;
  const beside = states[other.id];
  if (isJoin && beside?.state === 'shape' && !joinError(join, [state.shape, beside.shape])) {
    const joined = branchFrom(graph, other.id, node.id, join);
    return joined.ok ? whole(joined.value.graph) : graph;
  }
  const part = templateGraph(chosen, state.shape);
  return part.ok ? whole(insertAfter(graph, node.id, part.value, templateBlock(chosen)).graph) : graph;
}

type StepOf = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Without what no longer fits behind the edit. */
function whole(graph: Graph): Graph {
  const fitted = fitChannels(graph, { input: picture }).graph;
  return runnablePart(fitted, inferEach(fitted, { input: picture }));
}
