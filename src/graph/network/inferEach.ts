/**
 * Shapes through a network that may be wrong in places: every node has its shape, or its own error, or waits for one before it that has
 * none. What does not depend on an error goes on. (`../infer.ts` stops at the first error instead.)
 */
import { rulesOf } from '../../operators/index.ts';
import type { OperatorError, Result, Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { cycleError } from './order.ts';

export type NodeState =
  | { readonly state: 'shape'; readonly shape: Shape }
  /** PyTorch's sentence; `inputs`: the shapes that the node would read, both of a join. */
  | { readonly state: 'error'; readonly error: OperatorError; readonly inputs: readonly Shape[] }
  /** `node`, which it reads directly or through others, is the one with the error. */
  | { readonly state: 'before'; readonly node: NodeId };

export type NodeStates = Readonly<Record<NodeId, NodeState>>;

/** The state of every node, given the shape of every `input` node, [N, C, H, W]. An id that stands twice is an error. */
export function inferEach(graph: Graph, inputs: Shapes): NodeStates {
  const all = new Set(graph.nodes.map(({ id }) => id));
  const states: Record<NodeId, NodeState> = {};
  for (const node of graph.nodes) {
    states[node.id] = Object.hasOwn(states, node.id)
      ? failed('duplicate-node', `node '${node.id}' stands twice in the graph`, { id: node.id })
      : stateOf(node, inputs, states, all);
  }
  return states;
}

function stateOf(node: GraphNode, given: Shapes, states: NodeStates, all: ReadonlySet<NodeId>): NodeState {
  const { id, operator, inputs } = node;
  if (operator.kind === 'input') {
    const shape = Object.hasOwn(given, id) ? given[id] : undefined;
    if (!shape) return failed('input-missing', `no shape is given for input '${id}'`, { id });
    return applied(node, [shape]);
  }
  for (const input of inputs) {
    if (!all.has(input)) return failed('unknown-node', `node '${id}' reads unknown node '${input}'`, { id, input });
    const before = Object.hasOwn(states, input) ? states[input]! : null;
    if (before === null) return { state: 'error', error: cycleError(input === id ? [id] : [input, id]), inputs: [] };
    if (before.state !== 'shape') return { state: 'before', node: before.state === 'error' ? input : before.node };
  }
  return applied(
    node,
    inputs.flatMap((input) => {
      const before = states[input];
      return before?.state === 'shape' ? [before.shape] : [];
    }),
  );
}

function applied({ id, operator }: GraphNode, inputs: readonly Shape[]): NodeState {
  const rules = rulesOf(operator);
  const arity = operator.kind === 'input' ? 1 : rules.arity(operator);
  if (arity === null ? inputs.length === 0 : inputs.length !== arity) {
    const message = `${operator.kind} '${id}' reads ${arity ?? 'one or more'} tensor(s), but got ${inputs.length}`;
    return { ...failed('wrong-arity', message, { id, expected: arity ?? 1, got: inputs.length }), inputs };
  }
  const output = rules.outputShape(operator, inputs);
  if (!output.ok) return { state: 'error', error: output.error, inputs };
  if (output.value.every((size) => Number.isSafeInteger(size) && size > 0))
    return { state: 'shape', shape: output.value };
  const [, c, h, w] = inputs[0]!;
  const [, ...sizes] = output.value;
  // As PyTorch says of pooling; the rules of kinds that never refuse leave it to this place.
  const message = `Given input size: (${c}x${h}x${w}). Calculated output size: (${sizes.join('x')}). Output size is too small`;
  return { ...failed('output-too-small', message, { height: h, width: w }), inputs };
}

function failed(
  code: string,
  message: string,
  values: OperatorError['values'],
): Extract<NodeState, { readonly state: 'error' }> {
  return { state: 'error', error: { code, message, values }, inputs: [] };
}

/** The shapes of those nodes that have one. */
export function shapesIn(states: NodeStates): Shapes {
  const shapes: Record<NodeId, Shape> = {};
  for (const [id, state] of Object.entries(states)) if (state.state === 'shape') shapes[id] = state.shape;
  return shapes;
}

/** The network of the nodes that have a shape: they read none that has not. */
export function runnablePart({ nodes }: Graph, states: NodeStates): Graph {
  return { nodes: nodes.filter(({ id }) => states[id]?.state === 'shape') };
}

/** The network itself where it is more than its inputs, else the sentence to say. */
export function needLayers(graph: Graph): Result<Graph> {
  if (graph.nodes.some(({ operator }) => operator.kind !== 'input')) return { ok: true, value: graph };
  return { ok: false, error: { code: 'empty-network', values: {}, message: 'the network has no layer' } };
}
