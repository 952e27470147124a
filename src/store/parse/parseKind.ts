/** A layer of another kind from anything: see `parseWorkspace.ts`. */
import type { KindAttributes } from '../../graph/layers/kindAttributes.ts';
import { kindNames } from '../../graph/layers/kinds.ts';
import { bankNames } from '../../graph/weights/banks.ts';
import { namedFilters } from '../../graph/weights/filterState.ts';
import { activationNames } from '../../operators/activation/attributes.ts';
import { type PaddingMode, paddingModes } from '../../operators/conv2d/attributes.ts';
import { channelChoicesOfCompare } from '../compare.ts';
import { type Fields, fieldsOf, listOf, readBoolean, readInteger, readNumber, readOneOf, readPair } from '../fields.ts';
import {
  aboveLimits,
  defaultSeed,
  farthestOffset,
  firstBank,
  type KindState,
  newKind,
  type OffsetsState,
} from '../kind.ts';

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
