/** A matrix of correlations on a canvas, one pixel for each pair, with ticks where groups end and a cross-hair that other views may share. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import type { Matrix } from '../../math/matrix.ts';
import { correlationPicture, groupEnds, type MatrixColours } from '../../views/correlation/picture.ts';
import './matrixView.css';

/** A pair of channels by the places where it is drawn. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface MatrixViewProps {
  readonly matrix: Matrix;
  readonly colours: MatrixColours;
  /** Which channel stands at each place; null: as stored. */
  readonly order?: { readonly rows: readonly number[]; readonly columns: readonly number[] } | null;
  /** Groups whose ends are marked at the sides, and whose blocks are outlined; 1: none. */
  readonly groups?: number;
  readonly label: string;
  readonly cell: Cell | null;
  readonly onHover?: (cell: Cell | null) => void;
  /** A click, a tap, Enter: the pair stays. */
  readonly onPin?: (cell: Cell) => void;
}

const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function MatrixView(props: MatrixViewProps) {
  const { matrix, colours, order = null, groups = 1, label, cell, onHover, onPin } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rows, columns } = matrix;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    context.putImageData(new ImageData(correlationPicture(matrix, colours, order), columns, rows), 0, 0);
  }, [matrix, colours, order, rows, columns]);

  const cellAt = ({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Cell => {
    const box = currentTarget.getBoundingClientRect();
    const along = (at: number, size: number, count: number) =>
      Math.max(0, Math.min(count - 1, Math.floor((at / size) * count)));
    return {
      row: along(clientY - box.top, box.height, rows),
      column: along(clientX - box.left, box.width, columns),
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = cell ?? { row: 0, column: 0 };
    if (event.key === 'Enter' && onPin) onPin(at);
    const step = steps[event.key];
    if (!step || !onHover) return;
    event.preventDefault();
    const [down, right] = step;
    const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
    onHover(cell ? { row: within(at.row + down, rows), column: within(at.column + right, columns) } : at);
  };
  return (
    <div
      className="matrix-view"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the pairs are stepped through by keys
      tabIndex={0}
      aria-label={label}
      style={{ aspectRatio: `${columns} / ${rows}` }}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onHover?.(cellAt(event))}
      onPointerLeave={() => onHover?.(null)}
      onPointerUp={(event) => onPin?.(cellAt(event))}
    >
      <canvas ref={canvas} width={columns} height={rows} role="img" aria-label={label} />
      <GroupMarks groups={groups} />
      {cell && (
        <svg className="matrix-cross" viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true">
          <path d={`M0 ${cell.row}H${columns}M0 ${cell.row + 1}H${columns}`} />
          <path d={`M${cell.column} 0V${rows}M${cell.column + 1} 0V${rows}`} />
        </svg>
      )}
    </div>
  );
}

/** Outside the matrix, where they hide no pair, and thin outlines of the blocks. */
function GroupMarks({ groups }: { readonly groups: number }) {
  if (groups < 2) return null;
  const ends = groupEnds(groups);
  const side = 1 / groups;
  return (
    <svg className="matrix-groups" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: groups }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is its place
        <rect key={i} x={i * side} y={i * side} width={side} height={side} />
      ))}
      {ends.map((end) => (
        <path key={end} d={`M${end} -0.03V0M-0.03 ${end}H0`} />
      ))}
    </svg>
  );
}
