/**
 * Channels along the axis of a rule: one square each, stacked over where its value lies. The axis is logarithmic, with a place of its own for
 * exact zeros at its left end; shares (0..1) have an even axis. Lengths are in units of the drawing.
 */
import { scaleLinear, scaleLog } from 'd3-scale';

export interface RuleAxis {
  /** Where a value stands; zeros of a logarithmic axis have their own place. */
  x(value: number): number;
  /** The value at a place. */
  valueAt(x: number): number;
  readonly ticks: readonly { readonly x: number; readonly value: number }[];
  readonly isLogarithmic: boolean;
}

export interface Square {
  readonly channel: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room at the left for exact zeros. */
const zeroWidth = 52;
const bins = 44;
/** What the number at a tick needs. */
const tickRoom = 80;
/** Above the squares, for words. */
const headRoom = 18;
const smallest = 1e-12;

export function ruleAxis(values: Float64Array, threshold: number, isShare: boolean, width: number): RuleAxis {
  if (isShare) {
    const scale = scaleLinear([0, 1], [0, width]);
    const ticks = scale.ticks(5).map((value) => ({ x: scale(value), value }));
    return { x: scale, valueAt: (x) => clamp(scale.invert(x), 0, 1), ticks, isLogarithmic: false };
  }
  const positive = [...values, threshold].filter((value) => value > 0 && Number.isFinite(value));
  const lo = 10 ** Math.floor(Math.log10(Math.max(smallest, Math.min(...positive, threshold / 2))));
  const hi = 10 ** Math.ceil(Math.log10(Math.max(...positive, 10 * lo) * 1.05));
  const scale = scaleLog([lo, hi], [zeroWidth, width]);
  const decades = Math.round(Math.log10(hi / lo));
  const step = Math.ceil(decades / Math.max(1, Math.floor(width / tickRoom)));
  const ticks = Array.from({ length: decades + 1 }, (_, i) => lo * 10 ** i)
    .filter((_, i) => i % step === 0)
    .map((value) => ({ x: scale(value), value }));
  return {
    x: (value) => (value > 0 ? scale(clamp(value, lo, hi)) : zeroWidth / 2),
    valueAt: (x) => (x < zeroWidth ? 0 : Number(clamp(scale.invert(x), lo, hi).toPrecision(3))),
    ticks: [{ x: zeroWidth / 2, value: 0 }, ...ticks],
    isLogarithmic: true,
  };
}

/** Squares on the base line at `height`, upwards; low where many stand on each other. */
export function ruleSquares(values: Float64Array, axis: RuleAxis, width: number, height: number): readonly Square[] {
  const binWidth = width / bins;
  const stacks = new Map<number, number[]>();
  for (const [channel, value] of values.entries()) {
    const bin = Math.min(bins - 1, Math.floor(axis.x(value) / binWidth));
    stacks.set(bin, [...(stacks.get(bin) ?? []), channel]);
  }
  const highest = Math.max(1, ...[...stacks.values()].map((stack) => stack.length));
  const side = Math.min(binWidth, (height - headRoom) / highest);
  return [...stacks].flatMap(([bin, stack]) =>
    stack.map((channel, i) => ({
      channel,
      x: bin * binWidth + 1,
      y: height - (i + 1) * side,
      width: Math.max(1, binWidth - 2),
      height: Math.max(0.5, side - (side > 3 ? 1.5 : 0)),
    })),
  );
}

const clamp = (value: number, lo: number, hi: number) => Math.min(hi, Math.max(lo, value));
