/** How a measured field grows with depth, beside what theory says (`theory.ts`). */
import type { NodeId } from '../graph.ts';
import type { FieldMeasure } from './fieldMap.ts';
import { expectedStd, type GrowthStep } from './theory.ts';

/** A layer's standard deviation along one axis, in pixels of the picture. */
export interface GrowthRow {
  readonly node: NodeId;
  /** Layers with a window until here: what the square root is taken of. */
  readonly depth: number;
  readonly size: number;
  readonly uniform: number;
  readonly random: number;
  /** The first layer's under random weights times sqrt(depth): what layers all alike would have. */
  readonly root: number;
  /** Null where nothing was measured. */
  readonly measured: number | null;
}

/** `measured`: the standard deviations of the field maps of `measure` that there are, by node. Layers that read one pixel have no row. */
export function growthRows(
  steps: readonly GrowthStep[],
  measured: Readonly<Record<NodeId, number>>,
  measure: FieldMeasure,
): readonly GrowthRow[] {
  const widening = steps.filter(({ size }, i) => size > (steps[i - 1]?.size ?? 1));
  const first = widening[0] ? expectedStd(widening[0].std, measure, 'random') : 0;
  return widening.map(({ node, size, std }, i) => ({
    node,
    depth: i + 1,
    size,
    uniform: expectedStd(std, measure, 'uniform'),
    random: expectedStd(std, measure, 'random'),
    root: first * Math.sqrt(i + 1),
    measured: measured[node] ?? null,
  }));
}

/**
 * The exponent p of std = a depth^p that fits best (least squares between the logarithms): 1/2 for layers alike, more where dilation or
 * strides widen it. Null where fewer than two depths were measured.
 */
export function growthExponent(rows: readonly GrowthRow[]): number | null {
  const points = rows.flatMap(({ depth, measured }): [number, number][] =>
    measured !== null && measured > 0 ? [[Math.log(depth), Math.log(measured)]] : [],
  );
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  if (!(spread > 0)) return null;
  return points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread;
}
