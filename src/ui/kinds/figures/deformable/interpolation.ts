/**
 * A sample as it is written: its four neighbours, each weight as a product of two distances, and what they add up to. What is printed adds
 * up: weights to 1, products to the value.
 */
import { apportion, commonDecimals, printUnits, toUnits } from '../../../../math/rounding.ts';
import type { SamplingPoint } from '../../../../operators/deformConv2d/points.ts';

export interface Neighbour {
  readonly y: number;
  readonly x: number;
  /** "(1−.37)" or ".37": along the rows, along the columns. */
  readonly factors: readonly [string, string];
  readonly weight: string;
  /** Null until it has been read. */
  readonly value: string | null;
  readonly product: string | null;
  readonly isInside: boolean;
}

export interface Interpolation {
  readonly neighbours: readonly Neighbour[];
  readonly value: string | null;
  /** Mask times value. */
  readonly masked: string | null;
}

const weightDecimals = 3;

/** `values` of the four corners in their order, 0 outside; null: not there yet. */
export function interpolationOf(point: SamplingPoint, values: readonly number[] | null): Interpolation {
  const { corners, y, x, mask } = point;
  const [below, right] = [y - Math.floor(y), x - Math.floor(x)];
  const weights = apportion(
    corners.map(({ weight }) => weight),
    weightDecimals,
    10 ** weightDecimals,
  );
  const products = values && corners.map(({ weight }, i) => weight * (values[i] ?? 0));
  const sum = products?.reduce((all, product) => all + product, 0) ?? 0;
  const decimals = commonDecimals([...(products ?? []), sum]);
  const total = toUnits(sum, decimals);
  const printed = products && apportion(products, decimals, total);
  const valueDecimals = commonDecimals(values ?? []);
  const far = (share: number) => share.toFixed(2).replace(/^0/, '');
  const near = (share: number) => `(1−${far(share)})`;
  return {
    neighbours: corners.map((corner, i) => ({
      y: corner.y,
      x: corner.x,
      isInside: corner.isInside,
      factors: [i < 2 ? near(below) : far(below), i % 2 === 0 ? near(right) : far(right)],
      weight: printUnits(weights[i] ?? 0, weightDecimals),
      value: values && printUnits(toUnits(values[i] ?? 0, valueDecimals), valueDecimals),
      product: printed && printUnits(printed[i] ?? 0, decimals),
    })),
    value: values && printUnits(total, decimals),
    masked: values && printUnits(toUnits(mask * sum, decimals), decimals),
  };
}

/** A place or an offset with two decimals and a real minus. */
export function twoDecimals(value: number): string {
  return printUnits(toUnits(value, 2), 2);
}
