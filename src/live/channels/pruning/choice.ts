/** Changes of what is chosen to go. Taking a channel back takes back whatever it goes with, since either would take it along again. */
import type { ChannelClasses } from '../../../analysis/pruning/channelClasses.ts';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import type { ChannelsState, ChosenMerge } from '../../../store/channels.ts';

export type Chosen = Pick<ChannelsState, 'removed' | 'merges'>;

export const nothingChosen: Chosen = { removed: {}, merges: [] };

export const countOf = ({ removed, merges }: Chosen) =>
  Object.values(removed).reduce((sum, channels) => sum + channels.length, merges.length);

export const isChosenEmpty = (chosen: Chosen) => countOf(chosen) === 0;

export function withRemoved({ removed, merges }: Chosen, node: NodeId, channels: Iterable<number>): Chosen {
  const all = [...new Set([...(removed[node] ?? []), ...channels])].sort((a, b) => a - b);
  return { removed: all.length > 0 ? { ...removed, [node]: all } : removed, merges };
}

/** Without `channels` of `node` and all that would take them along. */
export function withoutRemoved(
  classes: ChannelClasses,
  graph: Graph,
  { removed, merges }: Chosen,
  node: NodeId,
  channels: Iterable<number>,
): Chosen {
  const back = new Set([...channels].map((channel) => classes.classOf(node, channel).members));
  const known = new Set(graph.nodes.map(({ id }) => id));
  const stays = (id: NodeId, channel: number) => !known.has(id) || !back.has(classes.classOf(id, channel).members);
  const lists = Object.entries(removed).map(([id, list]) => [id, list.filter((c) => stays(id, c))] as const);
  return {
    removed: Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
    merges: merges.filter(({ node: id, copy }) => stays(id, copy)),
  };
}

/** A copy goes into one channel only. */
export function withMerge({ removed, merges }: Chosen, merge: ChosenMerge): Chosen {
  const others = merges.filter(({ node, copy }) => node !== merge.node || copy !== merge.copy);
  return { removed, merges: [...others, merge] };
}

export function withoutMerge({ removed, merges }: Chosen, { node, copy }: ChosenMerge): Chosen {
  return { removed, merges: merges.filter((each) => each.node !== node || each.copy !== copy) };
}
