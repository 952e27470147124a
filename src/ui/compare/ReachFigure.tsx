/** The photo around the pinned unit: its taps on the bank as solid squares, what they see of the photo as a dashed box. */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlannedColumn } from '../../live/compare/plan.ts';
import type { Picture } from '../../live/results.ts';
import { usePalette } from '../theme/usePalette.ts';
import { unitIn, useUnit } from './comparison.tsx';
import { extent, reachOf } from './reach.ts';

interface ReachFigureProps {
  readonly planned: PlannedColumn;
  readonly picture: Picture;
  readonly place: number;
}

/** CSS pixels of the figure, and the pixels of the photo that it shows at least. */
const figure = { width: 116, height: 68, least: 11 } as const;

export function ReachFigure({ planned, picture, place }: ReachFigureProps) {
  const { t } = useTranslation('compare');
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const unit = useUnit();
  const [, , height, width] = planned.shapes[planned.output]!;
  const { y, x } = unitIn(unit, height, width);
  const reach = useMemo(() => reachOf(planned, { y, x }), [planned, y, x]);
  const [rows, columns] = [extent(reach.photo.rows), extent(reach.photo.columns)];
  const [h, w] = [extent(reach.bank.rows).size, extent(reach.bank.columns).size];

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = devicePixelRatio;
    element.width = figure.width * ratio;
    element.height = figure.height * ratio;
    const tall = Math.max(figure.least, rows.size + 4);
    const wide = Math.max((tall * figure.width) / figure.height, columns.size + 4);
    const k = figure.width / wide;
    const left = columns.lo + columns.size / 2 - wide / 2;
    const top = rows.lo + rows.size / 2 - figure.height / k / 2;
    const bitmap = new OffscreenCanvas(picture.width, picture.height);
    bitmap.getContext('2d')?.putImageData(new ImageData(picture.rgba, picture.width, picture.height), 0, 0);
    context.fillStyle = palette.soft;
    context.fillRect(0, 0, element.width, element.height);
    context.setTransform(k * ratio, 0, 0, k * ratio, -left * k * ratio, -top * k * ratio);
    context.imageSmoothingEnabled = false;
    context.globalAlpha = 0.55;
    context.drawImage(bitmap, 0, 0);
    context.globalAlpha = 1;
    context.strokeStyle = palette.field;
    context.fillStyle = `${palette.field}66`;
    context.lineWidth = 1.25 / k;
    for (const row of reach.bank.rows)
      for (const column of reach.bank.columns) {
        context.fillRect(column + 0.12, row + 0.12, 0.76, 0.76);
        if (k > 4) context.strokeRect(column + 0.12, row + 0.12, 0.76, 0.76);
      }
    context.setLineDash([3 / k, 2 / k]);
    context.strokeRect(columns.lo, rows.lo, columns.size, rows.size);
  }, [picture, reach, rows.lo, rows.size, columns.lo, columns.size, palette]);

  const taps = reach.bank.rows.length * reach.bank.columns.length;
  return (
    <div className="reach">
      <canvas
        ref={canvas}
        style={{ width: figure.width, height: figure.height }}
        role="img"
        aria-label={t('reachFigure', { number: place + 1 })}
      />
      <p>
        {reach.isRegular ? t('fieldDeformable', { h, w }) : t('field', { h, w, taps, area: h * w })}
        <br />
        <span className="muted">{t('fieldPhoto', { h: rows.size, w: columns.size })}</span>
      </p>
    </div>
  );
}
