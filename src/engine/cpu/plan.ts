/**
 * What a run has to do, decided before anything is computed. An activation of maps that nobody wants to see joins the convolution
 * before it; a wanted output is kept, or, when the outputs of the run exceed the memory budget, only described: its parts are
 * computed when they are looked at. What a convolution or another operator reads is always kept while the run needs it.
 */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { convolutionOf } from '../../operators/convolutionOf.ts';
import type { Shape } from '../../operators/operator.ts';
import { EngineError, type RunStep } from '../engine.ts';

interface Common {
  readonly node: NodeId;
  readonly shape: Shape;
  /** The node whose maps are read. */
  readonly reads: NodeId;
  readonly activations: readonly ActivationName[];
  /** The nodes that are computed: an operator and what joins it; the last is `node`. */
  readonly nodes: readonly NodeId[];
  /** True: compute now and keep. False: keep the description. */
  readonly isKept: boolean;
}

export type Step =
  | (Common & { readonly kind: 'convolve'; readonly conv: Conv2d; readonly convNode: NodeId })
  | (Common & { readonly kind: 'activate' })
  /** Any other operator, computed whole; `reads` is the first of `inputs`. */
  | (Common & { readonly kind: 'compute'; readonly head: GraphNode; readonly inputs: readonly NodeId[] })
  /** The same maps under another name. */
  | { readonly kind: 'same'; readonly node: NodeId; readonly reads: NodeId };

/** The nodes whose maps a step reads. */
export function readsOf(step: Step): readonly NodeId[] {
  return step.kind === 'compute' ? step.inputs : [step.reads];
}

export function bytesOf(shape: Shape): number {
  return 4 * shape[0] * shape[1] * shape[2] * shape[3];
}

/** The steps in order, for valid shapes. `budget` in bytes bounds the wanted outputs that are kept. */
export function planRun(graph: Graph, shapes: Shapes, wanted: readonly NodeId[], budget: number): Step[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const find = (id: NodeId): GraphNode => {
    const node = nodes.get(id);
    if (!node) throw new EngineError('internal', `The graph has no node '${id}'.`, { id });
    return node;
  };
  const needed = nodesNeeded(graph, wanted, find);
  const readers = (id: NodeId) => graph.nodes.filter((node) => needed.has(node.id) && node.inputs.includes(id));
  const isFused = (node: GraphNode) => {
    const reading = readers(node.id);
    if (node.operator.kind === 'input' || wanted.includes(node.id)) return false;
    return reading.length === 1 && reading[0]?.operator.kind === 'activation';
  };

  const steps: Step[] = [];
  for (const node of graph.nodes) {
    if (!needed.has(node.id) || node.operator.kind === 'input') continue;
    if (isFused(node)) continue;
    // Walk back over the nodes that have joined this one.
    const activations: ActivationName[] = [];
    const joined: NodeId[] = [node.id];
    let head = node;
    while (head.operator.kind === 'activation') {
      if (head.operator.function !== 'none') activations.unshift(head.operator.function);
      const before = find(head.inputs[0]!);
      if (!isFused(before)) break;
      head = before;
      joined.unshift(head.id);
    }
    const reads = head.inputs[0]!;
    const common = { node: node.id, nodes: joined, shape: shapes[node.id]!, reads, activations, isKept: true };
    const conv = convolutionOf(head.operator);
    if (conv) {
      steps.push({ ...common, kind: 'convolve', conv, convNode: head.id });
    } else if (head.operator.kind !== 'activation') {
      steps.push({ ...common, kind: 'compute', head, inputs: head.inputs });
    } else if (activations.length === 0) {
      steps.push({ kind: 'same', node: node.id, reads: common.reads });
    } else {
      steps.push({ ...common, kind: 'activate' });
    }
  }
  return withinBudget(steps, wanted, budget);
}

function nodesNeeded(graph: Graph, wanted: readonly NodeId[], find: (id: NodeId) => GraphNode): Set<NodeId> {
  const needed = new Set<NodeId>();
  for (const id of wanted) needed.add(find(id).id);
  for (const node of graph.nodes.toReversed()) {
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input);
  }
  return needed;
}

/** Turns kept outputs into described ones until the rest fits: activations first, since they are cheap to compute again. */
function withinBudget(steps: Step[], wanted: readonly NodeId[], budget: number): Step[] {
  const isReadWhole = (id: NodeId): boolean =>
    steps.some(
      (step) =>
        readsOf(step).includes(id) &&
        (step.kind === 'convolve' || step.kind === 'compute' || (step.kind === 'same' && isReadWhole(step.node))),
    );
  let kept = 0;
  for (const step of steps) if (step.kind !== 'same' && wanted.includes(step.node)) kept += bytesOf(step.shape);
  let result = steps;
  for (const kind of ['activate', 'convolve'] as const) {
    result = result.map((step) => {
      if (step.kind !== kind || kept <= budget || !wanted.includes(step.node) || isReadWhole(step.node)) return step;
      kept -= bytesOf(step.shape);
      return { ...step, isKept: false };
    });
  }
  return result;
}

/** A step as the engine tells of it. */
export function runStepOf(step: Step): RunStep {
  const line = describeStep(step);
  const [node = step.node, ...fused] = step.kind === 'same' ? [step.node] : step.nodes;
  return { node, fused, programs: line === null ? [] : [line] };
}

/** A step as a person may read it: "conv2d k3 s1 + relu". */
export function describeStep(step: Step): string | null {
  if (step.kind === 'same') return null;
  const after = step.activations.join(' + ');
  if (step.kind === 'activate') return after;
  if (step.kind === 'compute') return [step.head.operator.kind, ...step.activations].join(' + ');
  const [kh, kw] = step.conv.kernelSize;
  const [sh, sw] = step.conv.stride;
  const pair = (a: number, b: number) => (a === b ? `${a}` : `${a}x${b}`);
  return [`conv2d k${pair(kh, kw)} s${pair(sh, sw)}`, ...step.activations].join(' + ');
}
