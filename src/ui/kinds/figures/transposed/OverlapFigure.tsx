/** How many products fall on each pixel of the output, drawn over the same pixels as the map; the law, and the way to an even overlap. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../../engine/engine.ts';
import { evenOverlap } from '../../../../graph/transposed/evenOverlap.ts';
import { sliderEnds } from '../../../../operators/conv2d/limits.ts';
import { overlaps } from '../../../../operators/convTranspose2d/index.ts';
import { hasEvenOverlap, interiorOverlaps } from '../../../../operators/convTranspose2d/overlapMap.ts';
import type { Pair } from '../../../../operators/operator.ts';
import { bakeColourMap, colourOf, parseRgb } from '../../../../views/colour/colourMaps.ts';
import { groundOf } from '../../../../views/palette.ts';
import { Button } from '../../../components/Button.tsx';
import { usePalette } from '../../../theme/usePalette.ts';
import { useChangeAttributes } from '../../useKind.ts';
import { CellGrid } from './CellGrid.tsx';
import { around, type Cell, mixed } from './cells.ts';
import { useLaw } from './law.ts';
import { pairInCode, type TransposedUnit } from './transposedUnit.ts';
import { useRegion } from './useRegion.ts';

interface OverlapFigureProps {
  readonly engine: Engine;
  /** All maps of the layer, before any activation. */
  readonly maps: Tensor;
  readonly unit: TransposedUnit;
  /** Height and width of what the layer reads. */
  readonly size: Pair;
}

/** Pixels around the unit, odd; and the longest side of their grids in CSS pixels. */
const shown = { pixels: 9, side: 108 } as const;

export function OverlapFigure({ engine, maps, unit, size: [inputHeight, inputWidth] }: OverlapFigureProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const change = useChangeAttributes();
  const { conv, channel, y, x } = unit;
  const law = useLaw(conv);
  const isEven = hasEvenOverlap(conv);
  const [, , height, width] = maps.shape;
  const [rows, columns] = [around(y, shown.pixels, height), around(x, shown.pixels, width)];
  const region = { channel, channels: 1, y: rows.lo, x: columns.lo, height: rows.size, width: columns.size };
  const values = useRegion(engine, maps, region);

  const counts = useMemo(() => {
    const [h, w] = [overlaps(conv, 'h', inputHeight), overlaps(conv, 'w', inputWidth)];
    return Array.from(
      { length: rows.size * columns.size },
      (_, i) => (h[rows.lo + Math.floor(i / columns.size)] ?? 0) * (w[columns.lo + (i % columns.size)] ?? 0),
    );
  }, [conv, inputHeight, inputWidth, rows.lo, rows.size, columns.lo, columns.size]);
  const at = (y - rows.lo) * columns.size + (x - columns.lo);
  const countCells = useMemo(() => {
    const [ground, colour] = [parseRgb(palette.panel), parseRgb(palette.maps)];
    const largest = Math.max(...interiorOverlaps(conv), ...counts, 1);
    return counts.map(
      (count, i): Cell => ({ fill: mixed(ground, colour, count / largest), text: String(count), mark: i === at }),
    );
  }, [counts, conv, at, palette]);
  const valueCells = useMemo(() => {
    const colours = bakeColourMap('rdbu', groundOf(palette));
    const end = values?.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    return counts.map((_, i): Cell => {
      const value = values?.[i];
      return { fill: value === undefined ? null : colourOf(colours, value, { lo: -end, hi: end }), mark: i === at };
    });
  }, [values, counts, at, palette]);

  const remedy = evenOverlap(conv, sliderEnds.kernelSize);
  const changed = (['kernelSize', 'dilation'] as const).filter(
    (name) => pairInCode(remedy[name]) !== pairInCode(conv[name]),
  );
  const grid = { rows: rows.size, columns: columns.size, side: shown.side };
  return (
    <section className="transposed-part transposed-overlap">
      <header>
        <h3>{t('transposed.overlap.title')}</h3>
        {!isEven && (
          <Button size="small" title={t('transposed.overlap.remedyHint')} onClick={() => change(null, () => remedy)}>
            {t('transposed.overlap.remedy', {
              change: changed
                .map((name) => `${name === 'kernelSize' ? 'kernel_size' : 'dilation'}=${pairInCode(remedy[name])}`)
                .join(', '),
            })}
          </Button>
        )}
      </header>
      <p className={isEven ? 'small law' : 'small law uneven'}>{law}</p>
      <div className="transposed-row">
        <figure>
          <CellGrid
            {...grid}
            cells={countCells}
            label={t('transposed.overlap.countsLabel', {
              top: rows.lo,
              bottom: rows.lo + rows.size - 1,
              left: columns.lo,
              right: columns.lo + columns.size - 1,
              overlap: counts[at] ?? 0,
            })}
          />
          <figcaption>{t('transposed.overlap.counts')}</figcaption>
        </figure>
        <figure>
          <CellGrid {...grid} cells={valueCells} label={t('transposed.overlap.mapLabel', { map: channel })} />
          <figcaption>{t('transposed.overlap.map', { map: channel })}</figcaption>
        </figure>
      </div>
    </section>
  );
}
