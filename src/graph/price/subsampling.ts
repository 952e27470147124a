/**
 * Where a network makes its maps smaller, and the same network with one of these steps taken elsewhere: earlier all later layers get
 * cheaper, later they see more detail. The product of the strides stays, so what follows both places keeps its size.
 */
import type { Operator } from '../../operators/index.ts';
import type { Pair } from '../../operators/operator.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import type { Network } from './refit.ts';

export interface SubsamplingStep {
  /** The layers that stride together, in the branches of a block. */
  readonly nodes: readonly NodeId[];
  readonly stride: Pair;
  /** Rows and columns of the map that they read. */
  readonly size: Pair;
}

/** The steps in the order of the network; layers that read maps of one size and stride alike are one step. */
export function subsamplingSteps({ graph, shapes }: Network): readonly SubsamplingStep[] {
  const steps = new Map<string, SubsamplingStep>();
  for (const { id, operator, inputs } of graph.nodes) {
    const stride = strideOf(operator);
    if (!stride || (stride[0] === 1 && stride[1] === 1)) continue;
    const [, , height, width] = shapes[inputs[0]!]!;
    const key = `${height}x${width}/${stride.join('x')}`;
    const known = steps.get(key);
    steps.set(key, { nodes: [...(known?.nodes ?? []), id], stride, size: [height, width] });
  }
  return [...steps.values()];
}

/**
 * The graph without step `from`, whose stride goes to step `to` (null: to none, and all later maps are larger). Windows no larger than
 * their stride, as those of 2 x 2 pooling, are left out or grow with it. Sizes behind are not brought up to date: `refit` does that.
 */
export function movedSubsampling(network: Network, from: number, to: number | null): Graph {
  const steps = subsamplingSteps(network);
  const [source, target] = [steps[from], to === null ? undefined : steps[to]];
  if (!source || (to !== null && !target) || from === to) throw new Error(`no step from ${from} to ${to}`);
  const bypassed = new Map<NodeId, NodeId>();
  const nodes: GraphNode[] = [];
  for (const node of network.graph.nodes) {
    const inputs = node.inputs.map((input) => bypassed.get(input) ?? input);
    if (source.nodes.includes(node.id)) {
      if (isWholeWindow(node.operator)) bypassed.set(node.id, inputs[0]!);
      else nodes.push({ ...node, inputs, operator: withStride(node.operator, [1, 1]) });
    } else if (target?.nodes.includes(node.id)) {
      const stride: Pair = [target.stride[0] * source.stride[0], target.stride[1] * source.stride[1]];
      nodes.push({ ...node, inputs, operator: withStride(node.operator, stride) });
    } else nodes.push({ ...node, inputs });
  }
  return { nodes };
}

function strideOf(operator: Operator): Pair | null {
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
    case 'pool2d':
      return operator.stride;
    default:
      return null;
  }
}

/** Pooling whose windows lie side by side. */
function isWholeWindow(operator: Operator): boolean {
  return (
    operator.kind === 'pool2d' &&
    operator.kernelSize[0] === operator.stride[0] &&
    operator.kernelSize[1] === operator.stride[1]
  );
}

function withStride(operator: Operator, stride: Pair): Operator {
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
      return { ...operator, stride };
    case 'pool2d':
      return { ...operator, stride, kernelSize: isWholeWindow(operator) ? stride : operator.kernelSize };
    default:
      throw new Error(`${operator.kind} has no stride`);
  }
}
