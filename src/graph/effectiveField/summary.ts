/** A field in numbers: what it adds up to, how wide it is, and the part of it that holds most. */
import type { FieldOnPicture } from '../field/fieldOnPicture.ts';
import type { FieldMap } from './fieldMap.ts';

/** A place in pixels; between two of them for units whose window is even. */
export interface Centre {
  readonly y: number;
  readonly x: number;
}

/** The middle of the field of unit (y, x), which may lie outside of the picture. */
export function centreOf({ size, jump, start }: FieldOnPicture, y: number, x: number): Centre {
  const middle = (axis: 0 | 1, index: number) => start[axis] + index * jump[axis] + (size[axis] - 1) / 2;
  return { y: middle(0, y), x: middle(1, x) };
}

export interface FieldSummary {
  readonly total: number;
  /** Where the field's mass lies on average. */
  readonly mean: Centre;
  /** Standard deviation about its own mean along rows (h) and columns (w), in pixels. */
  readonly std: { readonly h: number; readonly w: number };
  /** Sums of every row and of every column: the field seen from the side. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** The fewest pixels that hold the wanted share. */
  readonly smallest: SmallestSet;
  readonly square: CentredSquare;
}

export interface SmallestSet {
  readonly count: number;
  /** The smallest value in it. */
  readonly threshold: number;
  /** 1 where a pixel belongs to it, [H, W]. Of equal values at its edge the first in reading order. */
  readonly mask: Uint8Array;
}

/** The smallest square about a centre that holds the wanted share, and its part inside of the picture: first and last rows and columns. */
export interface CentredSquare {
  readonly centre: Centre;
  /** In pixels, of the whole square. */
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Null where the field is 0 everywhere: of a dead unit. `centre`: of the square, as theory has it. `share`: of the total. */
export function summarise(map: FieldMap, centre: Centre, share = 0.95): FieldSummary | null {
  const { height, width, values } = map;
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return null;
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  values.forEach((value, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    rows[y] = rows[y]! + value;
    columns[x] = columns[x]! + value;
  });
  const [h, w] = [momentsOf(rows, total), momentsOf(columns, total)];
  return {
    total,
    mean: { y: h.mean, x: w.mean },
    std: { h: h.std, w: w.std },
    rows,
    columns,
    smallest: smallestSet(map, share * total),
    square: centredSquare(map, centre, share * total),
  };
}

function momentsOf(profile: Float64Array, total: number): { readonly mean: number; readonly std: number } {
  const mean = profile.reduce((sum, value, i) => sum + value * i, 0) / total;
  const variance = profile.reduce((sum, value, i) => sum + value * (i - mean) ** 2, 0) / total;
  return { mean, std: Math.sqrt(variance) };
}

/** The last sum may miss `wanted` by rounding alone. */
const slack = 1 - 1e-12;

function smallestSet({ values }: FieldMap, wanted: number): SmallestSet {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
  const mask = new Uint8Array(values.length);
  let held = 0;
  let count = 0;
  while (count < order.length && held < wanted * slack) {
    const pixel = order[count++]!;
    mask[pixel] = 1;
    held += values[pixel]!;
  }
  return { count, threshold: count === 0 ? 0 : values[order[count - 1]!]!, mask };
}

function centredSquare({ values, height, width }: FieldMap, centre: Centre, wanted: number): CentredSquare {
  // Sums of the rings about the centre: pixels as far from it as the farther of their two distances.
  const rings = new Map<number, number>();
  values.forEach((value, i) => {
    const distance = Math.max(Math.abs(Math.floor(i / width) - centre.y), Math.abs((i % width) - centre.x));
    rings.set(distance, (rings.get(distance) ?? 0) + value);
  });
  let reach = 0;
  let held = 0;
  for (const [distance, sum] of [...rings].sort(([a], [b]) => a - b)) {
    if (held >= wanted * slack) break;
    held += sum;
    reach = distance;
  }
  return {
    centre,
    side: 2 * reach + 1,
    top: Math.max(0, Math.ceil(centre.y - reach)),
    bottom: Math.min(height - 1, Math.floor(centre.y + reach)),
    left: Math.max(0, Math.ceil(centre.x - reach)),
    right: Math.min(width - 1, Math.floor(centre.x + reach)),
  };
}
