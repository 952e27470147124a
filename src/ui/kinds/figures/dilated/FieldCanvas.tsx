/** The field of the stack on the photo: the pixels that are read outlined, those that are never read hatched. */
import { useEffect, useRef } from 'react';
import type { Picture } from '../../../../live/results.ts';
import { usePalette } from '../../../theme/usePalette.ts';
import type { DilatedStack } from './stack.ts';

interface FieldCanvasProps {
  readonly picture: Picture;
  readonly stack: DilatedStack;
  readonly label: string;
}

/** CSS pixels. */
const size = { width: 330, height: 196 } as const;
/** Pixels of the photo that are shown at least, from top to bottom. */
const least = 11;

export function FieldCanvas({ picture, stack, label }: FieldCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = devicePixelRatio;
    element.width = size.width * ratio;
    element.height = size.height * ratio;
    const { gridding, corner } = stack;
    const [rows, columns] = [gridding.h.field, gridding.w.field];
    const tall = Math.max(least, rows + 4, ((columns + 4) * size.height) / size.width);
    const k = size.height / tall;
    const top = corner[0] + rows / 2 - tall / 2;
    const left = corner[1] + columns / 2 - size.width / k / 2;
    const bitmap = new OffscreenCanvas(picture.width, picture.height);
    bitmap.getContext('2d')?.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
    context.fillStyle = palette.soft;
    context.fillRect(0, 0, element.width, element.height);
    context.setTransform(k * ratio, 0, 0, k * ratio, -left * k * ratio, -top * k * ratio);
    context.imageSmoothingEnabled = false;
    context.drawImage(bitmap, 0, 0);
    const [readRows, readColumns] = [new Set(gridding.h.read), new Set(gridding.w.read)];
    context.lineWidth = 1.25 / k;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const [y, x] = [corner[0] + row, corner[1] + column];
        if (readRows.has(row) && readColumns.has(column)) {
          context.strokeStyle = palette.field;
          if (k > 4) context.strokeRect(x + 0.1, y + 0.1, 0.8, 0.8);
          continue;
        }
        context.fillStyle = palette.isDark ? 'rgb(8 9 11 / 0.72)' : 'rgb(255 255 255 / 0.72)';
        context.fillRect(x, y, 1, 1);
        context.strokeStyle = palette.muted;
        context.beginPath();
        context.moveTo(x, y + 1);
        context.lineTo(x + 1, y);
        context.stroke();
      }
    context.strokeStyle = palette.field;
    context.lineWidth = 2 / k;
    context.strokeRect(corner[1], corner[0], columns, rows);
  }, [picture, stack, palette]);
  return <canvas ref={canvas} className="dilated-field" role="img" aria-label={label} />;
}
