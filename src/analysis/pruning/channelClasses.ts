/**
 * Which channels of a network can only go together: those that an addition joins, and those that a depthwise layer reads and gives. Each
 * channel of each node belongs to one class; a class with a reason cannot go at all.
 */
import type { Graph, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { rangeTo } from '../../operators/tensors.ts';
import { channelFlow } from './channelFlow.ts';

/** Output channels of layers that make their own, by node; ascending. */
export type Removal = Readonly<Record<NodeId, readonly number[]>>;

export type WhyNot =
  | { readonly code: 'network-input' | 'network-output'; readonly node: NodeId }
  | { readonly code: 'no-such-channel'; readonly node: NodeId }
  /** The node looks at all channels at once: their number or their order is part of what it computes. */
  | { readonly code: 'read-together'; readonly node: NodeId };

export interface ChannelClass {
  /** The channels of layers that are removed with it. */
  readonly members: readonly { readonly node: NodeId; readonly channel: number }[];
  readonly whyNot: WhyNot | null;
}

export interface ChannelClasses {
  classOf(node: NodeId, channel: number): ChannelClass;
  /** All that must go with `wanted`, or the first reason why it cannot. `wanted`: channels of any nodes. */
  closure(
    wanted: Removal,
  ): { readonly ok: true; readonly removal: Removal } | { readonly ok: false; readonly whyNot: WhyNot };
}

/** `shapes`: of every node, as `inferShapes` gives them. */
export function channelClasses(graph: Graph, shapes: Shapes): ChannelClasses {
  const parents: number[] = [];
  const reasons = new Map<number, WhyNot>();
  const makers: { readonly node: NodeId; readonly channel: number }[] = [];
  const classes = new Map<NodeId, readonly number[]>();

  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root]!;
    parents[at] = root;
    return root;
  };
  const fresh = (node: NodeId, channel: number): number => {
    makers.push({ node, channel });
    return parents.push(parents.length) - 1;
  };
  const join = (a: number, b: number): number => {
    const [first, second] = [rootOf(a), rootOf(b)];
    parents[second] = first;
    const reason = reasons.get(first) ?? reasons.get(second);
    if (reason) reasons.set(first, reason);
    return first;
  };
  const fix = (channels: readonly number[], reason: WhyNot) => {
    for (const one of channels) if (!reasons.has(rootOf(one))) reasons.set(rootOf(one), reason);
  };

  const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  for (const { id, operator, inputs } of graph.nodes) {
    const channels = shapes[id]![1];
    const given = inputs.map((input) => classes.get(input)!);
    const own = () => rangeTo(channels).map((c) => fresh(id, c));
    const flow = channelFlow(
      operator,
      inputs.map((input) => shapes[input]!),
    );
    switch (flow.kind) {
      case 'makes':
        classes.set(id, own());
        break;
      case 'keeps': {
        // What has one channel where the output has more is repeated: it stays.
        for (const one of given) if (one.length === 1 && channels > 1) fix(one, { code: 'read-together', node: id });
        const whole = given.filter((one) => one.length === channels);
        classes.set(
          id,
          rangeTo(channels).map((c) => whole.map((one) => one[c]!).reduce(join)),
        );
        break;
      }
      case 'spreads':
        classes.set(
          id,
          rangeTo(channels).map((c) => given[0]![Math.floor(c / flow.times)]!),
        );
        break;
      case 'joins':
        classes.set(id, given.flat());
        break;
      case 'extends': {
        const behind = channels - flow.after;
        classes.set(
          id,
          rangeTo(channels).map((c) => (c < flow.before || c >= behind ? fresh(id, c) : given[0]![c - flow.before]!)),
        );
        break;
      }
      case 'shuffles': {
        const each = channels / flow.groups;
        classes.set(
          id,
          rangeTo(channels).map((c) => given[0]![(c % flow.groups) * each + Math.floor(c / flow.groups)]!),
        );
        break;
      }
      case 'all':
        for (const one of given) fix(one, { code: 'read-together', node: id });
        classes.set(id, own());
        fix(classes.get(id)!, { code: operator.kind === 'input' ? 'network-input' : 'read-together', node: id });
        break;
      default:
        flow satisfies never;
    }
    if (!read.has(id)) fix(classes.get(id)!, { code: 'network-output', node: id });
  }

  const members = new Map<number, { readonly node: NodeId; readonly channel: number }[]>();
  makers.forEach((maker, at) => {
    members.set(rootOf(at), [...(members.get(rootOf(at)) ?? []), maker]);
  });
  const classOf = (node: NodeId, channel: number): ChannelClass => {
    const root = rootOf(classes.get(node)![channel]!);
    return { members: members.get(root)!, whyNot: reasons.get(root) ?? null };
  };
  return {
    classOf,
    closure(wanted) {
      const removal: Record<NodeId, Set<number>> = {};
      for (const [node, channels] of Object.entries(wanted))
        for (const channel of channels) {
          if (classes.get(node)?.[channel] === undefined)
            return { ok: false, whyNot: { code: 'no-such-channel', node } };
          const found = classOf(node, channel);
          if (found.whyNot) return { ok: false, whyNot: found.whyNot };
          for (const member of found.members) {
            removal[member.node] ??= new Set();
            removal[member.node]!.add(member.channel);
          }
        }
      const sorted = Object.entries(removal).map(([node, all]) => [node, [...all].sort((a, b) => a - b)]);
      return { ok: true, removal: Object.fromEntries(sorted) };
    },
  };
}
