/** Taps moved by hand, when the kernel that they belong to changes. */
import type { KindAttributes } from '../graph/layers/kindAttributes.ts';
import type { MovedTap, OffsetsState } from './kind.ts';

type Kernel = Pick<KindAttributes, 'kernelSize' | 'offsetGroups'>;

const still: MovedTap = { dy: 0, dx: 0, mask: 1 };

/** Every tap keeps its offset where it stands around the kernel's centre, group by group; taps that are new stay. */
export function refittedOffsets(offsets: OffsetsState, from: Kernel, to: Kernel): OffsetsState {
  const isSame = to.offsetGroups === from.offsetGroups && to.kernelSize.every((side, i) => side === from.kernelSize[i]);
  if (offsets.by !== 'hand' || isSame) return offsets;
  const [fromRows, fromColumns] = from.kernelSize;
  const [rows, columns] = to.kernelSize;
  // From the tap in the middle; of an even side the one behind it.
  const shift = (wide: number, former: number) => Math.floor(wide / 2) - Math.floor(former / 2);
  const [down, right] = [shift(rows, fromRows), shift(columns, fromColumns)];
  const taps = Array.from({ length: to.offsetGroups * rows * columns }, (_, tap) => {
    const group = Math.floor(tap / (rows * columns));
    const row = (Math.floor(tap / columns) % rows) - down;
    const column = (tap % columns) - right;
    const isKept = group < from.offsetGroups && row >= 0 && row < fromRows && column >= 0 && column < fromColumns;
    return (isKept && offsets.taps[(group * fromRows + row) * fromColumns + column]) || still;
  });
  return { by: 'hand', taps };
}
