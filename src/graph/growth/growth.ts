/**
 * How the cost of a layer grows with one of its sizes while the others are kept: every point is the operators' own cost of the layer with
 * that size, so the curve says what the layer would say of itself. The exponent is the slope on logarithmic axes, d ln cost / d ln size:
 * 2 where a cost is quadratic, 1 where it is linear.
 */
import type { Cost } from '../../operators/operator.ts';
import { costOf } from '../cost.ts';
import { type GrowthVariable, type Resizable, shapesOf } from './sizes.ts';

export type CostMeasure = 'parameters' | 'macs' | 'usefulMacs' | 'activationBytes';

export interface GrowthPoint {
  readonly value: number;
  readonly cost: Cost;
}

export interface Growth {
  readonly variable: GrowthVariable;
  /** Where the layer stands now: one of the points. */
  readonly at: number;
  /** Ascending; sizes for which there is no such layer are left out. */
  readonly points: readonly GrowthPoint[];
}

/** Points of a curve, about. */
const samples = 33;

/** The cost of the layer with another size; null where there is none. */
export function costAt(layer: Resizable, variable: GrowthVariable, value: number): Cost | null {
  const network = layer.resized(variable, value);
  return network && costOf(network.graph, shapesOf(network)).total;
}

function steps(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

/**
 * The sizes to look at: kernels of the same parity to 11 or 4 more than now, channels to 64 or twice as many, images of 16 to 1024 pixels or
 * twice as many.
 */
function rangeOf(variable: GrowthVariable, at: number): readonly number[] {
  switch (variable) {
    case 'kernel':
      return steps(at % 2 === 0 ? 2 : 1, Math.max(11, at + 4), 2);
    case 'inChannels':
    case 'outChannels':
      return steps(1, Math.max(64, 2 * at), 1);
    case 'side': {
      const [first, last] = [Math.min(16, at), Math.max(1024, 2 * at)];
      return Array.from({ length: samples }, (_, i) => Math.round(first + (i * (last - first)) / (samples - 1)));
    }
    default:
      variable satisfies never;
      throw new Error('unknown variable');
  }
}

/** About `samples` of the points, both ends and `at` among them. */
function thinned(points: readonly GrowthPoint[], at: number): readonly GrowthPoint[] {
  const step = Math.ceil(points.length / samples);
  return points.filter(({ value }, i) => i % step === 0 || i === points.length - 1 || value === at);
}

/** The curve of a valid layer over `values` (or a sensible range); null where it has no such size. */
export function growthOf(layer: Resizable, variable: GrowthVariable, values?: readonly number[]): Growth | null {
  const at = layer.present(variable);
  if (at === null) return null;
  const sizes = [...new Set([...(values ?? rangeOf(variable, at)), at])].sort((a, b) => a - b);
  const points = sizes.flatMap((value) => {
    const cost = costAt(layer, variable, value);
    return cost ? [{ value, cost }] : [];
  });
  return { variable, at, points: values ? points : thinned(points, at) };
}

/**
 * The exponent where the layer stands: the slope between the points before and behind it (of a power it is exact, however far they
 * stand), or to its one neighbour at an end. Null where a cost is 0 or there is one point alone.
 */
export function exponentAt({ points, at }: Growth, measure: CostMeasure): number | null {
  const here = points.findIndex(({ value }) => value === at);
  const low = points[here - 1] ?? points[here];
  const high = points[here + 1] ?? points[here];
  if (!low || !high || low === high) return null;
  const [from, to] = [low.cost[measure], high.cost[measure]];
  if (from <= 0 || to <= 0) return null;
  return Math.log(to / from) / Math.log(high.value / low.value);
}
