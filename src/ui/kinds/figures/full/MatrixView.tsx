/** The matrix itself: its chosen row and column, by pointer and keys; near, only what lies around the chosen cell. */
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import type { WeightMatrix } from '../../../../graph/weightMatrix.ts';
import { clampZoom } from '../../../../views/zoom.ts';
import { Cells } from './Cells.tsx';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

interface MatrixViewProps {
  readonly matrix: WeightMatrix;
  /** RGBA of its cells. */
  readonly picture: Uint8ClampedArray<ArrayBuffer>;
  readonly cell: Cell;
  readonly chosen: Cell;
  readonly scale: number;
  /** What Shift and an arrow key go by: one line of the output down a column, one of the photo along a row. */
  readonly lines: Cell;
  readonly label: string;
  readonly keys: string;
  readonly onHover: (cell: Cell | null) => void;
  readonly onChoose: (cell: Cell) => void;
}

/** The longer side of the matrix, CSS pixels: cells are whole pixels, so that bands are even. */
const side = 128;

const steps: Readonly<Record<string, Cell>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

const clamp = (value: number, end: number) => Math.min(end, Math.max(0, value));

export function MatrixView(props: MatrixViewProps) {
  const { matrix, picture, cell, chosen, scale, lines, label, keys, onHover, onChoose } = props;
  const { rows, columns } = matrix;
  const cellSize = Math.max(1, Math.floor(side / Math.max(rows, columns)));
  const { x, y } = clampZoom(
    {
      scale,
      x: (chosen.column + 0.5) / columns - 0.5 / scale,
      y: (chosen.row + 0.5) / rows - 0.5 / scale,
    },
    scale,
  );
  const under = (event: PointerEvent<HTMLElement>): Cell => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (at: number, size: number, start: number, count: number) =>
      clamp(Math.floor((start + at / size / scale) * count), count - 1);
    return {
      row: along(event.clientY - box.y, box.height, y, rows),
      column: along(event.clientX - box.x, box.width, x, columns),
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [byRow, byColumn] = event.shiftKey ? [lines.column, lines.row] : [1, 1];
    onChoose({
      row: clamp(chosen.row + step.row * byRow, rows - 1),
      column: clamp(chosen.column + step.column * byColumn, columns - 1),
    });
  };
  return (
    <div
      className="matrix-view"
      style={
        {
          width: columns * cellSize,
          height: rows * cellSize,
          '--scale': scale,
          '--x': x,
          '--y': y,
        } as CSSProperties
      }
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a cell is chosen by keys
      tabIndex={0}
      aria-label={keys}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => event.pointerType !== 'touch' && onHover(under(event))}
      onPointerLeave={() => onHover(null)}
      onPointerDown={(event) => onChoose(under(event))}
    >
      <Cells rgba={picture} width={columns} height={rows} label={label}>
        <path className="matrix-line of-row" d={`M0 ${cell.row}H${columns}M0 ${cell.row + 1}H${columns}`} />
        <path className="matrix-line of-column" d={`M${cell.column} 0V${rows}M${cell.column + 1} 0V${rows}`} />
      </Cells>
    </div>
  );
}
