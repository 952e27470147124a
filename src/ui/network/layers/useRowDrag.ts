/** Rows moved by their grip: while one is dragged, a line shows behind which row it would go. */
import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { TableRow } from '../../../views/network/table/rows.ts';
import { rowAt } from '../../../views/network/table/windowing.ts';

export interface RowDrag {
  /** The row behind which the dragged one would go; null: nothing is dragged. */
  readonly drop: number | null;
  grip(row: TableRow): {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
    readonly onPointerCancel: () => void;
  };
}

/** `body`: the element that holds the rows; `tops` as `rowTops` gives them. */
export function useRowDrag(
  body: RefObject<HTMLElement | null>,
  tops: readonly number[],
  onDrop: (row: TableRow, behind: number) => void,
): RowDrag {
  const [drop, setDrop] = useState<number | null>(null);
  const dragged = useRef<TableRow | null>(null);
  const behindAt = (y: number) => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    const at = rowAt(tops, y - top);
    const middle = (tops[at]! + tops[at + 1]!) / 2;
    return y - top < middle ? Math.max(0, at - 1) : at;
  };
  const end = () => {
    dragged.current = null;
    setDrop(null);
  };
  return {
    drop,
    grip: (row) => ({
      onPointerDown(event) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = row;
      },
      onPointerMove(event) {
        if (dragged.current) setDrop(behindAt(event.clientY));
      },
      onPointerUp(event) {
        const moved = dragged.current;
        end();
        if (moved && drop !== null) onDrop(moved, behindAt(event.clientY));
      },
      onPointerCancel: end,
    }),
  };
}
