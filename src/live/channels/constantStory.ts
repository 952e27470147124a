/**
 * Channels that give one number everywhere and are not silent. A filter of zeros gives its bias; a depthwise filter behind a silent channel
 * gives its own. Told from what was measured, so a channel is called constant on these images only.
 */
import type { ChannelSummary } from '../../analysis/channelSummary.ts';
import { rules, weakChannels } from '../../analysis/deadChannels.ts';
import type { MeasuredChannels } from '../../analysis/measureChannels.ts';
import { readingOf } from './channelFacts.ts';
import { convolutionOf, type SubjectLayer } from './layers.ts';
import { factsOf } from './liveliness.ts';
import type { ChannelsSubject } from './subject.ts';

export interface ConstantChannel {
  readonly channel: number;
  readonly value: number;
  /** The channel that it alone is made of; null: it reads several, or what it reads is not constant. */
  readonly from: number | null;
}

export interface ConstantsOf {
  readonly layer: SubjectLayer;
  /** The layer that `from` belongs to. */
  readonly source: SubjectLayer | null;
  /** Ascending. */
  readonly channels: readonly ConstantChannel[];
}

export interface ConstantStory {
  /** Of the layer itself. */
  readonly own: ConstantsOf;
  /** Of layers that read it channel by channel: those that are made of a constant channel of it. None without such. */
  readonly fed: readonly ConstantsOf[];
}

/** Null until the layer has been measured. */
export function constantStory(
  subject: ChannelsSubject,
  measured: MeasuredChannels | null,
  layer: SubjectLayer,
): ConstantStory | null {
  const own = heardConstants(subject, measured, layer);
  if (!own) return null;
  const source = subject.layers.find((each) => readsAlone(subject, each, layer)) ?? null;
  const fed = layer.readers.flatMap((node): readonly ConstantsOf[] => {
    const reader = subject.layers.find((each) => each.node === node);
    if (!reader || !readsAlone(subject, layer, reader)) return [];
    const channels = madeOf(subject, measured, layer, reader).filter(({ from }) => from !== null);
    return channels.length > 0 ? [{ layer: reader, source: layer, channels }] : [];
  });
  const channels = source ? madeOf(subject, measured, source, layer) : own;
  return { own: { layer, source, channels }, fed };
}

/** Whether each channel of `reader` is made of one channel of `layer`, with nothing between them that moves channels. */
function readsAlone(subject: ChannelsSubject, layer: SubjectLayer, reader: SubjectLayer): boolean {
  const conv = convolutionOf(subject.graph, reader.node);
  return conv !== null && conv.inChannels === conv.groups && readingOf(subject, layer, reader, 0) !== null;
}

/** The constant channels of `reader`, each with the constant channel of `layer` that it is made of. */
function madeOf(
  subject: ChannelsSubject,
  measured: MeasuredChannels | null,
  layer: SubjectLayer,
  reader: SubjectLayer,
): readonly ConstantChannel[] {
  const constant = constants(subject, measured, layer);
  const perChannel = reader.outChannels / layer.outChannels;
  return (heardConstants(subject, measured, reader) ?? []).map((each) => {
    const from = Math.floor(each.channel / perChannel);
    return { ...each, from: constant.has(from) ? from : null };
  });
}

function constants(subject: ChannelsSubject, measured: MeasuredChannels | null, layer: SubjectLayer) {
  const values = rules.constant.values(factsOf(subject, measured, layer));
  return new Set(values ? weakChannels(rules.constant, values, rules.constant.threshold) : []);
}

function heardConstants(
  subject: ChannelsSubject,
  measured: MeasuredChannels | null,
  layer: SubjectLayer,
): readonly ConstantChannel[] | null {
  const facts = factsOf(subject, measured, layer);
  const loudness = rules.silent.values(facts);
  if (!facts.responses || !loudness) return null;
  const silent = new Set(weakChannels(rules.silent, loudness, rules.silent.threshold));
  const constant = constants(subject, measured, layer);
  return facts.responses.flatMap(({ mean }: ChannelSummary, channel) =>
    constant.has(channel) && !silent.has(channel) ? [{ channel, value: mean, from: null }] : [],
  );
}
