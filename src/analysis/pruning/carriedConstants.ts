/**
 * Constants that removed channels gave to a layer that stays, carried into it. Inside the map they are one number per output channel, which
 * the bias takes; where the layer pads, the border got less of them. What is then wrong is told, or kept exact by a map that is added.
 */
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Operator } from '../../operators/index.ts';
import type { HostTensor, ParameterValues } from '../../operators/operator.ts';
import type { RemovedMaps } from './removedChannels.ts';
import { type Channels, type Restricted, restrict } from './restrict.ts';

export interface Contribution {
  /** What the removed channels added to each output that stays, [1, Ckept, h, w]. */
  readonly map: HostTensor<Float64Array>;
  /** Of each output channel, in the middle of the map. */
  readonly centre: Float64Array;
  /** Largest |value| of the map. */
  readonly largest: number;
  /** Largest |value - centre|, and the share of the positions (of one channel, any channel being wrong) where it is not 0. */
  readonly borderError: number;
  readonly borderShare: number;
}

/** Differences below this share of the largest value are float64's rounding. */
const rounding = 1e-12;

/** Null where they added nothing. `operator`, `parameters`: before; `output`: the channels that stay. */
export function contributionOf(
  operator: Operator,
  parameters: ParameterValues,
  removed: RemovedMaps,
  output: Channels,
): Contribution | null {
  const active = activeOf(operator, removed);
  if (active.channels.length === 0) return null;
  const plain = withoutBias({ operator, parameters });
  const part = restrict(plain.operator, plain.parameters, { inputs: [active.channels], output });
  if (!part) return null;
  const map = arithmeticOf(part.operator).reference(part.operator, [active.maps], part.parameters).output;
  return described(map);
}

/** Silent channels add nothing. With groups all stay, so that the groups are even. */
function activeOf(operator: Operator, removed: RemovedMaps): Pick<RemovedMaps, 'channels' | 'maps'> {
  const [, count, height, width] = removed.maps.shape;
  const plane = height * width;
  const planeOf = (i: number) => removed.maps.values.subarray(i * plane, (i + 1) * plane);
  const active = [...Array(count).keys()].filter((i) => planeOf(i).some((value) => value !== 0));
  if ('groups' in operator && operator.groups > 1) return active.length > 0 ? removed : { ...removed, channels: [] };
  const values = new Float64Array(active.length * plane);
  active.forEach((from, i) => {
    values.set(planeOf(from), i * plane);
  });
  return {
    channels: active.map((i) => removed.channels[i]!),
    maps: { shape: [1, active.length, height, width], values },
  };
}

function described(map: HostTensor<Float64Array>): Contribution | null {
  const [, channels, height, width] = map.shape;
  const plane = height * width;
  const middle = Math.floor(height / 2) * width + Math.floor(width / 2);
  const centre = Float64Array.from({ length: channels }, (_, c) => map.values[c * plane + middle]!);
  const largest = map.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return null;
  const isWrong = new Uint8Array(plane);
  let borderError = 0;
  map.values.forEach((value, i) => {
    const difference = Math.abs(value - centre[Math.floor(i / plane)]!);
    if (difference <= rounding * largest) return;
    isWrong[i % plane] = 1;
    borderError = Math.max(borderError, difference);
  });
  const borderShare = isWrong.reduce((sum, one) => sum + one, 0) / plane;
  return { map, centre, largest, borderError, borderShare };
}

function withoutBias({ operator, parameters }: { operator: Operator; parameters: ParameterValues }): Restricted {
  return {
    operator: 'bias' in operator ? { ...operator, bias: false } : operator,
    parameters: { ...parameters, bias: null },
  };
}

/** The layer with `centre` added to its bias, which it gets where it has none. */
export function withBias({ operator, parameters }: Restricted, centre: Float64Array): Restricted {
  if (!parameters || !('bias' in operator)) return { operator, parameters };
  const bias = Float32Array.from(centre, (value, c) => (parameters.bias?.[c] ?? 0) + value);
  return { operator: { ...operator, bias: true }, parameters: { ...parameters, bias } };
}
