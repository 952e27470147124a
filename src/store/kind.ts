/**
 * The layer of another kind that Explore looks at instead of a convolution over the photo. The layer itself is a function of this, of the
 * input's size and channels (`graph/layers/kindLayer.ts`): here stand the kind, what it reads, and the attributes as they were chosen.
 */

import { type KindAttributes, newAttributes } from '../graph/layers/kindAttributes.ts';
import { type KindName, kindNames, needsBank } from '../graph/layers/kinds.ts';
import { type BankName, bankNames } from '../graph/weights/banks.ts';
import { type NamedFilter, namedFilters } from '../graph/weights/filterState.ts';
import { type ActivationName, activationNames } from '../operators/activation/attributes.ts';
import { type PaddingMode, paddingModes } from '../operators/conv2d/attributes.ts';
import type { OffsetPreset } from '../operators/deformConv2d/offsets.ts';
import { channelChoicesOfCompare } from './compare.ts';
import { type Fields, fieldsOf, listOf, readBoolean, readInteger, readNumber, readOneOf, readPair } from './fields.ts';

/** Where one tap of a deformable kernel is moved by hand, in pixels, and what weighs its sample. */
export interface MovedTap {
  readonly dy: number;
  readonly dx: number;
  readonly mask: number;
}

export type OffsetsState =
  /** A small convolution computes them from what the layer reads. */
  | { readonly by: 'convolution' }
  | { readonly by: 'preset'; readonly preset: OffsetPreset }
  /** One for each tap of each offset group, at every position the same; none left out: taps that are not named stay. */
  | { readonly by: 'hand'; readonly taps: readonly MovedTap[] };

export interface KindState {
  readonly kind: KindName;
  /** The bank of filters over the photo that the layer reads; null: the photo itself. */
  readonly bank: { readonly name: BankName; readonly channels: number } | null;
  /** As they were chosen; `fitAttributes` makes any of them valid for the input that is there. */
  readonly attributes: KindAttributes;
  /** Behind the layer. */
  readonly activation: ActivationName;
  /** Random weights (He) by seed, or one classic filter wherever the layer has a kernel. */
  readonly weights: { readonly kernel: 'random' | NamedFilter; readonly seed: number };
  /** Of a deformable layer. */
  readonly offsets: OffsetsState;
  /** The dilations of the layers that are imagined on top of a dilated one, from the lowest. */
  readonly above: readonly number[];
}

/** How many layers may be imagined on top, and the largest dilation of one. */
export const aboveLimits = { layers: 3, dilation: 9 } as const;

const defaultSeed = 11;

/** A layer of `kind` before anything of it has been chosen; the bank and the weights of `former` stay. */
export function newKind(kind: KindName, former: KindState | null = null): KindState {
  return {
    kind,
    bank: former ? (former.bank ?? (needsBank(kind) ? firstBank : null)) : needsBank(kind) ? firstBank : null,
    attributes: newAttributes(kind, former?.attributes.outChannels),
    activation: former?.activation ?? 'none',
    weights: former?.weights ?? { kernel: 'random', seed: defaultSeed },
    offsets: former?.offsets ?? { by: 'preset', preset: { kind: 'rotate', degrees: 30 } },
    above: former?.above ?? [],
  };
}

/** What a layer reads that has just been given a bank. */
export const firstBank: NonNullable<KindState['bank']> = { name: 'gabor', channels: 16 };

/** From anything; null where it is none. */
export function parseKind(value: unknown): KindState | null {
  const fields = fieldsOf(value);
  const name = kindNames.find((kind) => kind === fields?.kind);
  if (!fields || !name) return null;
  const first = newKind(name);
  const bank = fieldsOf(fields.bank);
  const weights = fieldsOf(fields.weights) ?? {};
  return {
    kind: name,
    bank: bank && {
      name: readOneOf(bank.name, bankNames, firstBank.name),
      channels: channelChoicesOfCompare.find((count) => count === bank.channels) ?? firstBank.channels,
    },
    attributes: parseAttributes(fieldsOf(fields.attributes) ?? {}, first.attributes),
    activation: readOneOf(fields.activation, activationNames, 'none'),
    weights: {
      kernel: readOneOf(weights.kernel, ['random', ...namedFilters], 'random'),
      seed: readInteger(weights.seed, 0, 2 ** 32 - 1, defaultSeed),
    },
    offsets: parseOffsets(fieldsOf(fields.offsets)) ?? first.offsets,
    above: listOf(fields.above)
      .slice(0, aboveLimits.layers)
      .map((dilation) => readInteger(dilation, 1, aboveLimits.dilation, 1)),
  };
}

/** Any whole numbers: their ranges depend on the input and on each other. */
function parseAttributes(fields: Fields, first: KindAttributes): KindAttributes {
  const most = 64;
  const side = fieldsOf(fields.padding) ?? {};
  const padding = (name: 'top' | 'bottom' | 'left' | 'right') => readInteger(side[name], 0, most, first.padding[name]);
  return {
    outChannels: readInteger(fields.outChannels, 1, most, first.outChannels),
    kernelSize: readPair(fields.kernelSize, 1, most, first.kernelSize),
    stride: readPair(fields.stride, 1, most, first.stride),
    padding: { top: padding('top'), bottom: padding('bottom'), left: padding('left'), right: padding('right') },
    dilation: readPair(fields.dilation, 1, most, first.dilation),
    groups: readInteger(fields.groups, 1, most, first.groups),
    bias: readBoolean(fields.bias, first.bias),
    paddingMode: readOneOf<PaddingMode>(fields.paddingMode, paddingModes, first.paddingMode),
    depthMultiplier: readInteger(fields.depthMultiplier, 1, most, first.depthMultiplier),
    middleChannels: readInteger(fields.middleChannels, 1, most, first.middleChannels),
    firstBias: readBoolean(fields.firstBias, first.firstBias),
    between: readOneOf(fields.between, activationNames, first.between),
    outputPadding: readPair(fields.outputPadding, 0, most, first.outputPadding),
    offsetGroups: readInteger(fields.offsetGroups, 1, most, first.offsetGroups),
    hasMask: readBoolean(fields.hasMask, first.hasMask),
  };
}

/** How far a tap may be moved, in pixels. */
export const farthestOffset = 64;

function parseOffsets(fields: Fields | null): OffsetsState | null {
  switch (fields?.by) {
    case 'convolution':
      return { by: 'convolution' };
    case 'hand':
      return {
        by: 'hand',
        taps: listOf(fields.taps)
          .slice(0, 4096)
          .map((tap) => {
            const { dy, dx, mask } = fieldsOf(tap) ?? {};
            const far = farthestOffset;
            return {
              dy: readNumber(dy, -far, far, 0),
              dx: readNumber(dx, -far, far, 0),
              mask: readNumber(mask, 0, 1, 1),
            };
          }),
      };
    case 'preset': {
      const preset = fieldsOf(fields.preset) ?? {};
      switch (preset.kind) {
        case 'rotate':
          return { by: 'preset', preset: { kind: 'rotate', degrees: readNumber(preset.degrees, -180, 180, 0) } };
        case 'scale':
          return { by: 'preset', preset: { kind: 'scale', factor: readNumber(preset.factor, 0, 8, 1) } };
        case 'shear':
          return { by: 'preset', preset: { kind: 'shear', amount: readNumber(preset.amount, -4, 4, 0) } };
        case 'gradient':
          return { by: 'preset', preset: { kind: 'gradient' } };
        default:
          return { by: 'preset', preset: { kind: 'none' } };
      }
    }
    default:
      return null;
  }
}
