/** The values that one number of a kind may take now: those that `fitAttributes` leaves as they are (what must move with them, moves). */
import type { Pair, PerSide } from '../../operators/operator.ts';
import { commonDivisors } from './column.ts';
import type { KindAttributes } from './kindAttributes.ts';
import { fitAttributes, groupsOf, type KindPlace, kindEnds, largestMultiplier } from './kindLayer.ts';
import type { KindName } from './kinds.ts';

export type PairName = 'kernelSize' | 'stride' | 'dilation' | 'outputPadding';
export type CountName = 'groups' | 'outChannels' | 'depthMultiplier' | 'middleChannels' | 'offsetGroups';

export interface KindRange {
  readonly min: number;
  readonly max: number;
  /** Where not every whole number between is allowed: those that are, ascending. */
  readonly allowed?: readonly number[];
}

const ends: Readonly<Record<PairName, readonly [min: number, max: number]>> = {
  kernelSize: [1, 15],
  stride: [1, 8],
  dilation: [1, 8],
  outputPadding: [0, 7],
};

const upTo = (min: number, max: number) => Array.from({ length: max - min + 1 }, (_, i) => min + i);

/** Of one component of a pair, or of both together. */
export function pairRange(
  { kind, attributes, place }: KindNow,
  name: PairName,
  part: 'height' | 'width' | 'both',
): KindRange {
  const [min, max] = ends[name];
  const holds = (value: number) => {
    const asked: Pair = [
      part === 'width' ? attributes[name][0] : value,
      part === 'height' ? attributes[name][1] : value,
    ];
    const [h, w] = fitAttributes(kind, { ...attributes, [name]: asked }, place)[name];
    return h === asked[0] && w === asked[1];
  };
  return { min, max: upTo(min, max).findLast(holds) ?? min };
}

export interface KindNow {
  readonly kind: KindName;
  readonly attributes: KindAttributes;
  readonly place: KindPlace;
}

/** Of one side of the padding (of a transposed layer: the crop), or of all four together. */
export function paddingRange({ kind, attributes, place }: KindNow, side: keyof PerSide | 'all'): KindRange {
  const holds = (value: number) => {
    const all = { top: value, bottom: value, left: value, right: value };
    const asked = side === 'all' ? all : { ...attributes.padding, [side]: value };
    return (
      JSON.stringify(fitAttributes(kind, { ...attributes, padding: asked }, place).padding) === JSON.stringify(asked)
    );
  };
  return { min: 0, max: upTo(0, 15).findLast(holds) ?? 0 };
}

export function countRange({ attributes, place }: Omit<KindNow, 'kind'>, name: CountName): KindRange {
  const listed = (allowed: readonly number[]) => ({ min: 1, max: allowed.at(-1) ?? 1, allowed });
  switch (name) {
    case 'groups':
      return listed(groupsOf(place.inChannels, attributes.outChannels));
    case 'offsetGroups':
      return listed(commonDivisors(place.inChannels, place.inChannels));
    case 'depthMultiplier':
      return { min: 1, max: largestMultiplier(place.inChannels) };
    case 'outChannels':
    case 'middleChannels':
      return { min: 1, max: kindEnds.outChannels };
    default:
      name satisfies never;
      throw new Error('unknown number');
  }
}
