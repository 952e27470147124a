/** The matrix of weights between channels, pointed at by mouse and by arrow keys; the cell in focus is said in words beneath it. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useElementSize } from '../../../explore/canvas/useElementSize.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import './matrix.css';
import { type Cell, drawMarks, drawMatrix, type MatrixContent, type MatrixMarks } from './matrixDrawing.ts';

interface ChannelMatrixProps extends MatrixMarks {
  readonly content: MatrixContent;
  readonly label: string;
  /** What stands beneath: the cell in focus, or what the colours mean. */
  readonly readout: string;
  readonly onPoint: (cell: Cell | null) => void;
  /** Enter or a click on a row. */
  readonly onPick: (row: number) => void;
}

/** CSS pixels of a cell, at most. */
const largestSide = 15;

export function ChannelMatrix({ content, label, readout, onPoint, onPick, ...marks }: ChannelMatrixProps) {
  const { t } = useTranslation('kinds');
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(frame);
  const palette = usePalette();
  const { rows, columns } = content;
  const { at, pinned, row, column } = marks;
  const fitting = size ? Math.min(size.width / columns, size.height / rows, largestSide) : 0;
  const side = fitting >= 3 ? Math.floor(fitting) : fitting;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || side <= 0) return;
    const ratio = devicePixelRatio;
    element.width = Math.max(1, Math.round(columns * side * ratio));
    element.height = Math.max(1, Math.round(rows * side * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawMatrix(context, content, side, palette);
    drawMarks(context, content, { at, pinned, row, column }, side, palette);
  }, [content, side, palette, rows, columns, at, pinned, row, column]);

  const cellUnder = ({ clientX, clientY }: PointerEvent): Cell | null => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || side <= 0) return null;
    const [y, x] = [Math.floor((clientY - box.y) / side), Math.floor((clientX - box.x) / side)];
    return y >= 0 && y < rows && x >= 0 && x < columns ? { row: y, column: x } : null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    if (step) {
      const from = at ?? { row: pinned ?? 0, column: 0 };
      const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
      onPoint(at ? { row: within(from.row + step[0], rows), column: within(from.column + step[1], columns) } : from);
    } else if (event.key === 'Enter' && at) onPick(at.row);
    else if (event.key === 'Escape' && at) onPoint(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="channel-matrix">
      <p className="channel-matrix-axis muted" aria-hidden="true">
        {t('wiring.columnsAre')}
      </p>
      <div ref={frame} className="channel-matrix-frame">
        <div
          className="channel-matrix-cells"
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the cells are gone through by arrow keys
          tabIndex={0}
          aria-label={label}
          style={{ width: columns * side, height: rows * side }}
          onPointerMove={(event) => onPoint(cellUnder(event))}
          onPointerLeave={() => onPoint(null)}
          onPointerDown={(event) => {
            const cell = cellUnder(event);
            if (cell) onPick(cell.row);
          }}
          onBlur={() => onPoint(null)}
          onKeyDown={onKeyDown}
        >
          <canvas ref={canvas} />
        </div>
      </div>
      <p className="channel-matrix-readout" aria-live="polite">
        {readout}
      </p>
    </div>
  );
}
