/** The layer of the network that Explore looks at, as the newest state has it: its maps may be another's, or on their way. */
import type { GraphNode, NodeId } from '../../graph/graph.ts';
import type { NetworkPlan } from '../network/networkPlan.ts';

export interface ExploredLayer {
  readonly plan: NetworkPlan;
  readonly node: NodeId;
  /** Null where it has maps. */
  readonly refusal: LayerRefusal | null;
  /** Of the layers in front of it, the share that is computed; null while none is. */
  readonly progress: number | null;
}

export type LayerRefusal =
  /** The network has no layer of that name; it is switched off; it joins several, or is the picture itself. */
  | { readonly code: 'missing' | 'off' | 'join' | 'picture' }
  /** It cannot be had: PyTorch's sentence, its own or that of `node` in front of it. */
  | { readonly code: 'error'; readonly node: NodeId; readonly message: string };

/** Why Explore cannot look at layer `id`; null where it can. */
export function refusalOf(plan: NetworkPlan, id: NodeId): LayerRefusal | null {
  const { whole, states, shapes, graph, state } = plan;
  const built = whole.nodes.find((node) => node.id === id);
  if (!built) return { code: 'missing' };
  if (built.operator.kind === 'input') return { code: 'picture' };
  if (state.off.includes(id)) return { code: 'off' };
  if (isJoin(built)) return { code: 'join' };
  const found = states[id];
  if (found?.state === 'error') return { code: 'error', node: id, message: found.error.message };
  if (found?.state === 'before') {
    const cause = states[found.node];
    return { code: 'error', node: found.node, message: cause?.state === 'error' ? cause.error.message : '' };
  }
  const node = graph.nodes.find((each) => each.id === id);
  return node && shapes[id] ? null : { code: 'missing' };
}

/** Whether it reads maps of several layers as equals; what moves the taps of a deformable layer are its own numbers. */
export function isJoin({ operator, inputs }: GraphNode): boolean {
  return inputs.length > 1 && operator.kind !== 'deform_conv2d';
}

/** The next layer before (-1) or behind (1) `id`, in the network's order, that Explore can look at; null at the ends. */
export function layerBeside(plan: NetworkPlan, id: NodeId, step: 1 | -1): NodeId | null {
  const { nodes } = plan.whole;
  const at = nodes.findIndex((node) => node.id === id);
  if (at < 0) return null;
  for (let i = at + step; nodes[i]; i += step) if (refusalOf(plan, nodes[i]!.id) === null) return nodes[i]!.id;
  return null;
}
