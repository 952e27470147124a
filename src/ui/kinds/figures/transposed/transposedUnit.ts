/** The unit that the figure speaks of, and how pairs are written. */
import { valuesIn } from '../../../../graph/graph.ts';
import type { KindOutput, Output } from '../../../../live/results.ts';
import type { ConvTranspose2d } from '../../../../operators/convTranspose2d/attributes.ts';
import type { Pair, ParameterValues } from '../../../../operators/operator.ts';
import type { Unit } from '../../../../store/pointer.ts';
import { clampUnit } from '../../../../views/atlas/pointing.ts';

export interface TransposedUnit extends Unit {
  readonly conv: ConvTranspose2d;
  readonly values: ParameterValues;
}

/** The pinned unit, or the middle of map 0 before one is pinned; null where the layer is of another kind. */
export function transposedUnit(output: Output, kind: KindOutput, pin: Unit | null): TransposedUnit | null {
  const values = valuesIn(output.parameters, kind.nodes.at(-1)?.id ?? '');
  if (kind.layer.kind !== 'transposed' || !values) return null;
  const [, channels, height, width] = output.shape;
  const wanted = pin ?? { channel: 0, y: Math.floor(height / 2), x: Math.floor(width / 2) };
  return { ...clampUnit(wanted, { channels, height, width }), conv: kind.layer.conv, values };
}

/** 2 where both are 2; else 2 × 3. */
export function pairText([a, b]: Pair): string {
  return a === b ? String(a) : `${a} × ${b}`;
}

/** As PyTorch has it: 2, or (2, 3). */
export function pairInCode([a, b]: Pair): string {
  return a === b ? String(a) : `(${a}, ${b})`;
}
