/** Branches and joins: a second way from one node to another, added or put side by side, and its removal. */
import type { Operator } from '../../operators/index.ts';
import { rulesOf } from '../../operators/index.ts';
import type { OperatorError, Result, Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { type Edited, insertAfter, single, without } from './edit.ts';
import { descendantsOf, inOrder } from './order.ts';

export type JoinName = 'add' | 'concat';

export function joinOf(name: JoinName): Operator {
  return name === 'add' ? { kind: 'arithmetic', function: 'add' } : { kind: 'concat', axis: 1 };
}

/** Why tensors of these shapes cannot be joined, in PyTorch's words; null where they can. */
export function joinError(name: JoinName, shapes: readonly Shape[]): OperatorError | null {
  const operator = joinOf(name);
  const output = rulesOf(operator).outputShape(operator, shapes);
  return output.ok ? null : output.error;
}

/** A connection that was asked for and cannot be: why, and what both ends give, [N, C, H, W], as far as they give anything. */
export interface JoinRefusal {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly error: OperatorError;
  readonly shapes: readonly { readonly node: NodeId; readonly shape: Shape }[];
}

/** Of every node why what it gives cannot join what `to` gives, told before anybody tries; null where it can. */
export function joinRefusals(
  graph: Graph,
  shapes: Shapes,
  to: NodeId,
  name: JoinName,
): (from: NodeId) => JoinRefusal | null {
  const later = descendantsOf(graph, to);
  return (from) => {
    const ends = [to, from].flatMap((node) => {
      const shape = shapes[node];
      return shape ? [{ node, shape }] : [];
    });
    const isCycle = from === to || later.has(from);
    const sizes = ends.length === 2 ? ends.map(({ shape }) => shape) : null;
    const error = isCycle ? cycleOf(from, to) : sizes && joinError(name, sizes);
    return error && { from, to, error, shapes: isCycle ? [] : ends };
  };
}

/** Of every node whether the join `id` could read it as its input number `index`, beside its others. */
export function inputFits({ nodes }: Graph, shapes: Shapes, id: NodeId, index: number): (from: NodeId) => boolean {
  const node = nodes.find((each) => each.id === id);
  return (from) => {
    const inputs = node?.inputs.map((input, i) => shapes[i === index ? from : input]) ?? [];
    const known = inputs.filter((shape) => shape !== undefined);
    if (!node || known.length < inputs.length) return true;
    return rulesOf(node.operator).outputShape(node.operator, known).ok;
  };
}

/**
 * A skip connection: what `from` gives joins what `to` gives, and whoever read `to` reads the join. Where `to` is a concatenation of
 * channels already, another `concat` is one more of its inputs. Refused where `from` itself depends on `to`: that would be a cycle.
 */
export function branchFrom(graph: Graph, from: NodeId, to: NodeId, name: JoinName): Result<Edited> {
  const target = graph.nodes.find(({ id }) => id === to);
  if (!target || !graph.nodes.some(({ id }) => id === from)) return unknown(target ? from : to);
  if (from === to || descendantsOf(graph, to).has(from)) return cycle(from, to);
  if (name === 'concat' && target.operator.kind === 'concat' && target.operator.axis === 1)
    return ordered(withInputs(graph, to, [...target.inputs, from]), to);
  const { graph: joined, focus } = insertAfter(graph, to, single(joinOf(name)));
  return ordered(withInputs(joined, focus, [to, from]), focus);
}

/** The join reads `from` as one more input; concatenations alone take any number. */
export function addJoinInput(graph: Graph, join: NodeId, from: NodeId): Result<Edited> {
  const target = graph.nodes.find(({ id }) => id === join);
  if (!target) return unknown(join);
  if (target.operator.kind !== 'concat')
    return refused('join-full', `${target.operator.kind} '${join}' reads 2 tensors`, { node: join });
  if (from === join || descendantsOf(graph, join).has(from)) return cycle(from, join);
  return ordered(withInputs(graph, join, [...target.inputs, from]), join);
}

/** The join without its input number `index`, from 0; a join with one input left is no join, and its readers read that input. */
export function removeJoinInput(graph: Graph, join: NodeId, index: number): Graph {
  const target = graph.nodes.find(({ id }) => id === join);
  if (!target || target.inputs.length < 2 || index < 0 || index >= target.inputs.length) return graph;
  const inputs = target.inputs.filter((_, i) => i !== index);
  const left = withInputs(graph, join, inputs);
  const isJoin = target.operator.kind === 'concat' && inputs.length > 1;
  return isJoin ? left : without(left, new Set([join]));
}

/** The node with another input in the place of number `index`: a join's branch comes from elsewhere. */
export function reconnect(graph: Graph, id: NodeId, index: number, from: NodeId): Result<Edited> {
  const target = graph.nodes.find((node) => node.id === id);
  if (!target || !graph.nodes.some((node) => node.id === from)) return unknown(target ? from : id);
  if (from === id || descendantsOf(graph, id).has(from)) return cycle(from, id);
  return ordered(
    withInputs(
      graph,
      id,
      target.inputs.map((input, i) => (i === index ? from : input)),
    ),
    id,
  );
}

function withInputs({ nodes }: Graph, id: NodeId, inputs: readonly NodeId[]): Graph {
  return { nodes: nodes.map((node): GraphNode => (node.id === id ? { ...node, inputs } : node)) };
}

function ordered({ nodes }: Graph, focus: NodeId): Result<Edited> {
  const graph = inOrder(nodes);
  return graph.ok ? { ok: true, value: { graph: graph.value, focus } } : graph;
}

function refused(code: string, message: string, values: OperatorError['values']): Result<never> {
  return { ok: false, error: { code, message, values } };
}

function unknown(id: NodeId): Result<never> {
  return refused('unknown-node', `there is no node '${id}'`, { id });
}

function cycle(from: NodeId, to: NodeId): Result<never> {
  return { ok: false, error: cycleOf(from, to) };
}

function cycleOf(from: NodeId, to: NodeId): OperatorError {
  const message =
    from === to ? `'${to}' cannot read itself` : `'${from}' reads '${to}': joined again they would be a cycle`;
  return { code: 'cycle', message, values: { nodes: from === to ? to : `${to}, ${from}` } };
}
