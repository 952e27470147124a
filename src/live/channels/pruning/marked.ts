/** What a rule marks in a layer, and what of it can still go. */

import type { MeasuredChannels } from '../../../analysis/measureChannels.ts';
import type { WhyNot } from '../../../analysis/pruning/channelClasses.ts';
import type { NodeId } from '../../../graph/graph.ts';
import type { ChannelsView } from '../../../store/channels.ts';
import type { SubjectLayer } from '../layers.ts';
import { factsOf, livelinessOf } from '../liveliness.ts';
import type { Gone } from './gone.ts';
import type { PruneBase } from './pruneBase.ts';

export interface Marked {
  readonly node: NodeId;
  /** Marked, able to go, and not gone yet. */
  readonly channels: readonly number[];
  /** Marked, and not able to. */
  readonly staying: number;
  /** The reason of the first of them; null: all can go. */
  readonly whyNot: WhyNot | null;
}

export function markedIn(
  { subject, classes }: PruneBase,
  measured: MeasuredChannels | null,
  layer: SubjectLayer,
  rule: Pick<ChannelsView, 'rule' | 'threshold'>,
  { chosen, along }: Gone,
): Marked {
  const { weak } = livelinessOf(factsOf(subject, measured, layer), rule);
  const left = [...weak].filter((channel) => !chosen.has(channel) && !along.has(channel));
  const all = left.map((channel) => ({ channel, whyNot: classes.classOf(layer.node, channel).whyNot }));
  const channels = all.filter(({ whyNot }) => whyNot === null).map(({ channel }) => channel);
  const whyNot = all.find((each) => each.whyNot !== null)?.whyNot ?? null;
  return { node: layer.node, channels, staying: all.length - channels.length, whyNot };
}
