/** The order in which the channels of a pair of layers are drawn. */
import { orderByGroup } from '../../analysis/channelOrder.ts';
import type { ChannelsView } from '../../store/channels.ts';
import type { Correlations } from './correlate.ts';

export interface PairOrder {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** As stored; similar ones together; or the groups in their order, similar ones of each together. */
export function pairOrder(
  order: ChannelsView['order'],
  { pearson, clusters }: Correlations,
  groups: number,
): PairOrder {
  switch (order) {
    case 'stored':
      return { rows: [...Array(pearson.rows).keys()], columns: [...Array(pearson.columns).keys()] };
    case 'cluster':
      return clusters;
    case 'group':
      return { rows: grouped(clusters.rows, groups), columns: grouped(clusters.columns, groups) };
    default:
      return order satisfies never;
  }
}

function grouped(cluster: readonly number[], groups: number): readonly number[] {
  const places = orderByGroup(cluster.map((channel) => Math.floor((channel * groups) / cluster.length)));
  return places.map((place) => cluster[place]!);
}
