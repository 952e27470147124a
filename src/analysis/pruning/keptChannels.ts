/** Which channels stay at every node, in their new order, when some channels of some layers go; and the network of them. */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { Result } from '../../operators/operator.ts';
import { rangeTo } from '../../operators/tensors.ts';
import type { Removal } from './channelClasses.ts';
import { channelFlow } from './channelFlow.ts';
import type { PruneError } from './pruneError.ts';
import { type Channels, type Restricted, restrict } from './restrict.ts';

/** Old output channels of every node, in the order in which they stand now. */
export type KeptChannels = Readonly<Record<NodeId, Channels>>;

/** `removal`: all that must go, as `closure` gives it. */
export function keptChannels(graph: Graph, shapes: Shapes, removal: Removal): Result<KeptChannels, PruneError> {
  const kept: Record<NodeId, Channels> = {};
  for (const { id, operator, inputs } of graph.nodes) {
    const channels = shapes[id]![1];
    const given = inputs.map((input) => kept[input]!);
    const sizes = inputs.map((input) => shapes[input]!);
    const flow = channelFlow(operator, sizes);
    switch (flow.kind) {
      case 'makes': {
        const gone = new Set(removal[id] ?? []);
        kept[id] = rangeTo(channels).filter((c) => !gone.has(c));
        break;
      }
      case 'all':
        kept[id] = rangeTo(channels);
        break;
      case 'keeps': {
        const [first, ...others] = given.filter((_, i) => sizes[i]![1] === channels);
        if (others.some((other) => !isSame(other, first!)))
          return { ok: false, error: { code: 'order-differs', node: id } };
        kept[id] = first!;
        break;
      }
      case 'spreads':
        kept[id] = given[0]!.flatMap((c) => rangeTo(flow.times).map((i) => c * flow.times + i));
        break;
      case 'joins': {
        let before = 0;
        kept[id] = given.flatMap((list, i) => {
          const start = before;
          before += sizes[i]![1];
          return list.map((c) => start + c);
        });
        break;
      }
      case 'extends': {
        const gone = new Set(removal[id] ?? []);
        const fresh = rangeTo(channels).filter((c) => !gone.has(c));
        kept[id] = [
          ...fresh.filter((c) => c < flow.before),
          ...given[0]!.map((c) => flow.before + c),
          ...fresh.filter((c) => c >= channels - flow.after),
        ];
        break;
      }
      case 'shuffles': {
        const { groups } = flow;
        const list = given[0]!;
        const each = list.length / groups;
        if (!Number.isInteger(each)) return { ok: false, error: { code: 'uneven-groups', node: id, groups } };
        kept[id] = list.map((_, c) => shuffled(list[(c % groups) * each + Math.floor(c / groups)]!, channels, groups));
        break;
      }
      default:
        flow satisfies never;
    }
    if (kept[id]!.length === 0) return { ok: false, error: { code: 'nothing-left', node: id } };
  }
  return { ok: true, value: kept };
}

/** Where channel `c` of `channels` stands behind a shuffle. */
export function shuffled(c: number, channels: number, groups: number): number {
  const each = channels / groups;
  return (c % each) * groups + Math.floor(c / each);
}

/** A node with what stays of it; null parameters: without values. The node itself and its values where nothing changes. */
export function keptNode(
  node: GraphNode,
  parameters: Restricted['parameters'],
  kept: KeptChannels,
  shapes: Shapes,
): Result<Restricted, PruneError> {
  const { id, operator, inputs } = node;
  const isUntouched = [id, ...inputs].every((each) => isSame(kept[each]!, rangeTo(shapes[each]![1])));
  if (isUntouched) return { ok: true, value: { operator, parameters } };
  const lists = { inputs: inputs.map((input) => kept[input]!), output: kept[id]! };
  const restricted = restrict(operator, parameters, lists);
  if (restricted) return { ok: true, value: restricted };
  const groups = 'groups' in operator ? operator.groups : 1;
  return { ok: false, error: { code: 'uneven-groups', node: id, groups } };
}

function isSame(a: Channels, b: Channels): boolean {
  return a.length === b.length && a.every((c, i) => c === b[i]);
}
