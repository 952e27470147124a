/** What is told of one channel without a map: its filter, and which channels of a reader see it. */
import { convolutionOf, type SubjectLayer } from './layers.ts';
import { filtersOf } from './liveliness.ts';
import type { ChannelsSubject } from './subject.ts';

export interface ChannelFilter {
  /** [slices, height, width]. */
  readonly weights: Float32Array;
  readonly slices: number;
  readonly height: number;
  readonly width: number;
  /** Largest |w|. */
  readonly largest: number;
}

/** Null where the layer has no weights of its own. */
export function filterOf(subject: ChannelsSubject, layer: SubjectLayer, channel: number): ChannelFilter | null {
  const conv = convolutionOf(subject.graph, layer.node);
  const all = filtersOf(subject, layer);
  if (!conv || all.length === 0) return null;
  const length = all.length / layer.outChannels;
  const weights = all.subarray(channel * length, (channel + 1) * length);
  const [height, width] = conv.kernelSize;
  const largest = weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
  return { weights, slices: length / (height * width), height, width, largest };
}

/**
 * The output channels of a reader that read channel `channel` of `layer`, where nothing between them moves channels; null where something
 * does (a join, a shuffle).
 */
export function readingOf(
  subject: ChannelsSubject,
  layer: SubjectLayer,
  reader: SubjectLayer,
  channel: number,
): { readonly from: number; readonly to: number; readonly isPart: boolean } | null {
  const conv = convolutionOf(subject.graph, reader.node);
  const direct = subject.graph.nodes.find(({ id }) => id === reader.node)?.inputs.includes(layer.response);
  if (!conv || !direct) return null;
  const [read, made] = [conv.inChannels / conv.groups, conv.outChannels / conv.groups];
  const from = Math.floor(channel / read) * made;
  return { from, to: from + made - 1, isPart: conv.groups > 1 };
}
