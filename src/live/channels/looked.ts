/** What is looked at: a layer, the one that it is held against, and the nodes whose correlation is told. */
import type { NodeId } from '../../graph/graph.ts';
import type { ChannelsView } from '../../store/channels.ts';
import type { SubjectLayer } from './layers.ts';
import type { ChannelsSubject } from './subject.ts';

export interface Looked {
  readonly layer: SubjectLayer;
  /** The same layer for correlations within it. */
  readonly other: SubjectLayer;
  readonly pair: readonly [NodeId, NodeId];
}

/** The chosen layers as long as the network has them, else the first and the next that reads it; null without convolutions. */
export function lookedAt(
  { layers }: Pick<ChannelsSubject, 'layers'>,
  { layer: chosen, other: held, stage }: Pick<ChannelsView, 'layer' | 'other' | 'stage'>,
): Looked | null {
  const find = (node: NodeId | null | undefined) => layers.find((each) => each.node === node);
  const layer = find(chosen) ?? layers[0];
  if (!layer) return null;
  const other = find(held) ?? find(layer.readers[0]) ?? layer;
  const nodeOf = ({ response, before }: SubjectLayer) => (stage === 'after' ? response : before);
  return { layer, other, pair: [nodeOf(layer), nodeOf(other)] };
}

/** Groups of the other layer where it reads this one: correlation may lie in as many blocks. 1: nothing is grouped. */
export function blockGroups({ layer, other }: Looked): number {
  return layer.readers.includes(other.node) ? other.groups : 1;
}
