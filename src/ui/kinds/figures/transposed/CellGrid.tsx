/** Pixels and weights as cells with their numbers, on one canvas: a window of a large dilated kernel has thousands of cells. */
import { useEffect, useRef } from 'react';
import { inkOn } from '../../../../views/colour/colourMaps.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import { type Cell, cellSide, fontSize } from './cells.ts';

export interface CellGridProps {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly cells: readonly Cell[];
  /** The longest side, CSS pixels. */
  readonly side: number;
  /** A box around some of the cells. */
  readonly box?: { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number };
  readonly label: string;
}

export function CellGrid({ rows, columns, cells, side, box, label }: CellGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const cell = cellSide(rows, columns, side);
  const [width, height] = [columns * cell + 2, rows * cell + 2];

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = devicePixelRatio;
    element.width = Math.max(1, Math.round(width * ratio));
    element.height = Math.max(1, Math.round(height * ratio));
    context.setTransform(ratio, 0, 0, ratio, ratio, ratio);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const gap = cell >= 8 ? 1 : 0;
    cells.forEach(({ fill, text, isFaint, isEmpty }, i) => {
      const [x, y] = [(i % columns) * cell, Math.floor(i / columns) * cell];
      context.globalAlpha = isFaint ? 0.35 : 1;
      context.fillStyle = fill ? `rgb(${fill.join(' ')})` : isEmpty ? palette.soft : palette.panel;
      context.fillRect(x, y, cell - gap, cell - gap);
      if (!fill && gap) {
        context.strokeStyle = palette.line;
        context.lineWidth = 1;
        context.strokeRect(x + 0.5, y + 0.5, cell - 2, cell - 2);
      }
      const size = text ? fontSize(text, cell) : null;
      if (text && size) {
        context.font = `${size}px ${palette.mono}`;
        context.fillStyle = fill ? inkOn(fill) : palette.muted;
        context.fillText(text, x + (cell - gap) / 2, y + (cell - gap) / 2 + 0.5);
      }
    });
    context.globalAlpha = 1;
    context.strokeStyle = palette.field;
    cells.forEach(({ mark }, i) => {
      if (!mark) return;
      const [x, y] = [(i % columns) * cell, Math.floor(i / columns) * cell];
      context.lineWidth = cell < 6 ? 1 : 2;
      const inset = context.lineWidth / 2;
      context.strokeRect(x + inset - 0.5, y + inset - 0.5, cell - context.lineWidth, cell - context.lineWidth);
    });
    if (!box) return;
    context.lineWidth = 1.5;
    context.setLineDash([4, 2.5]);
    context.strokeRect(box.column * cell - 0.5, box.row * cell - 0.5, box.columns * cell, box.rows * cell);
    context.setLineDash([]);
  }, [cells, columns, cell, width, height, box, palette]);

  return <canvas ref={canvas} className="cell-grid" style={{ width, height }} role="img" aria-label={label} />;
}
