/**
 * Code as a layer of any kind for Explore: the kind that it is, on the photo or on a bank that has the channels that it reads. What the
 * card cannot say is refused.
 */
import { type KindTextError, readLayerOfKind } from '../../formats/layerText/kinds/readLayerOfKind.ts';
import { fitAttributes, kindLayer } from '../../graph/layers/kindLayer.ts';
import { kindOfLayer } from '../../graph/layers/kindOfLayer.ts';
import { isOfOneSize } from '../../graph/layers/kinds.ts';
import type { Layer } from '../../graph/layers/layer.ts';
import { smallSize, smallSizes } from '../../live/kinds/smallPicture.ts';
import type { Moved } from '../../operators/conv2d/limits.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import type { Pair, Result } from '../../operators/operator.ts';
import { channelChoicesOfCompare } from '../../store/compare.ts';
import { firstBank, type KindState, newKind } from '../../store/kind.ts';
import { movedAttributes } from './moved.ts';

export interface ReadKind {
  readonly state: KindState;
  /** As it was written. */
  readonly layer: Layer;
  /** What had to move to fit the photo. */
  readonly moved: readonly Moved[];
}

/** `photoChannels`, `photoSize`: of the working picture. `present`: where its bank, weights and offsets are to be kept. */
export function readKind(
  text: string,
  photoChannels: number,
  photoSize: Pair,
  present: KindState | null = null,
): Result<ReadKind, KindTextError> {
  const own = present?.bank?.channels ?? photoChannels;
  const counts = [...new Set([own, photoChannels, ...channelChoicesOfCompare])];
  const first = readLayerOfKind(text, { inputSize: photoSize, inChannels: own, outChannels: own });
  const taken = first.ok ? { inChannels: own, read: first.value } : readOtherwise(text, counts, photoSize);
  if (!taken) return first as Extract<typeof first, { readonly ok: false }>;
  const { inChannels } = taken;
  const { layer, activation } = taken.read;
  const { kind, attributes } = kindOfLayer(layer);
  const bank = inChannels === photoChannels ? null : { ...(present?.bank ?? firstBank), channels: inChannels };
  const { outChannels, kernelSize } = attributes;
  const inputSize = isOfOneSize(kind)
    ? smallSize(
        { kind: kind === 'linear' ? kind : 'locally_connected', inChannels, outChannels, kernelSize },
        photoSize,
      )
    : photoSize;
  const place = { inChannels, inputSize };
  const fitted = fitAttributes(kind, attributes, place);
  const made = kindLayer(kind, fitted, place);
  const state: KindState = { ...newKind(kind, present), bank, attributes: fitted, activation };
  const moved = movedAttributes(kind, attributes, fitted);
  if (isSame(made, inNumbers(layer)) || isOfOneSize(kind) || moved.length > 0)
    return { ok: true, value: { state, layer, moved } };
  return {
    ok: false,
    error: {
      code: 'not-on-card',
      message: 'the layer has numbers that its card does not have',
      values: {},
      isOurs: true,
      suggestion: null,
    },
  };
}

/** Over a bank of other channels, or of the small version that a layer with a weight for every place reads. */
function readOtherwise(text: string, counts: readonly number[], photoSize: Pair) {
  for (const inputSize of [photoSize, ...smallSizes(photoSize)])
    for (const inChannels of counts) {
      const reading = readLayerOfKind(text, { inputSize, inChannels, outChannels: inChannels });
      if (reading.ok) return { inChannels, read: reading.value };
    }
  return null;
}

/** Padding that is a name, as the numbers that it stands for. */
function inNumbers(layer: Layer): Layer {
  const numbers = Object.entries(layer).map(([name, part]) => [
    name,
    typeof part === 'object' && part.kind === 'conv2d' ? { ...part, padding: resolvePadding(part) } : part,
  ]);
  return Object.fromEntries(numbers) as Layer;
}

/** Alike in everything, whatever the order in which it is written. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sorted) === JSON.stringify(b, sorted);
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
