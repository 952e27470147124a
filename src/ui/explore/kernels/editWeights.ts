/** A cell of a kernel set to a value: in one channel slice or in all of them. Filters are [Cin/groups, kh, kw], row-major. */
import type { Pair } from '../../../operators/operator.ts';
import type { SliceTarget } from '../../../store/workspaceStore.ts';

export interface Cell {
  readonly slice: number;
  readonly y: number;
  readonly x: number;
}

export function cellIndex(cell: Cell, [kh, kw]: Pair): number {
  return (cell.slice * kh + cell.y) * kw + cell.x;
}

/** A kernel of one tap: its only cell needs no row and no column in its name. */
export function isPoint([kh, kw]: Pair): boolean {
  return kh === 1 && kw === 1;
}

/** A copy of `values` in which `cell` holds `value`; with slices 'all' the same row and column of every slice does. */
export function withWeight(
  values: Float32Array,
  kernelSize: Pair,
  cell: Cell,
  slices: SliceTarget,
  value: number,
): Float32Array {
  const edited = values.slice();
  const sliceCount = values.length / (kernelSize[0] * kernelSize[1]);
  for (let slice = 0; slice < sliceCount; slice++) {
    if (slices === 'all' || slice === slices) edited[cellIndex({ ...cell, slice }, kernelSize)] = value;
  }
  return edited;
}

/** Where an arrow key leads from `cell` on slices laid side by side; the edge stops it. Null: not a key that walks. */
export function walk(cell: Cell, key: string, [kh, kw]: Pair, slices: readonly number[]): Cell | null {
  const column = slices.indexOf(cell.slice) * kw + cell.x;
  const last = slices.length * kw - 1;
  const at = (y: number, wide: number): Cell => {
    const clamped = Math.min(last, Math.max(0, wide));
    return {
      slice: slices[Math.floor(clamped / kw)] ?? cell.slice,
      y: Math.min(kh - 1, Math.max(0, y)),
      x: clamped % kw,
    };
  };
  switch (key) {
    case 'ArrowLeft':
      return at(cell.y, column - 1);
    case 'ArrowRight':
      return at(cell.y, column + 1);
    case 'ArrowUp':
      return at(cell.y - 1, column);
    case 'ArrowDown':
      return at(cell.y + 1, column);
    case 'Home':
      return at(cell.y, column - cell.x);
    case 'End':
      return at(cell.y, column - cell.x + kw - 1);
    case 'PageUp':
      return at(0, column);
    case 'PageDown':
      return at(kh - 1, column);
    default:
      return null;
  }
}
