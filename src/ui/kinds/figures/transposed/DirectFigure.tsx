/** How the pinned unit comes about: the stretched input around it, with the cells that the turned kernel covers, and that kernel. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../../engine/engine.ts';
import { directOf } from '../../../../graph/transposed/direct.ts';
import { metPixels, stretchedWindow } from '../../../../graph/transposed/stretchedWindow.ts';
import { measured } from '../../../../math/format.ts';
import { parseRgb } from '../../../../views/colour/colourMaps.ts';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import { usePalette } from '../../../theme/usePalette.ts';
import { CellGrid } from './CellGrid.tsx';
import { channelSum, kernelCells, patchOf, slicesOf, stretchedCells } from './directCells.ts';
import { pairText, type TransposedUnit } from './transposedUnit.ts';
import { useRegion } from './useRegion.ts';

interface DirectFigureProps {
  readonly engine: Engine;
  readonly source: Tensor;
  readonly unit: TransposedUnit;
  readonly nameOf: (channel: number) => string;
}

const longestSide = { window: 126, kernel: 88 } as const;

export function DirectFigure({ engine, source, unit, nameOf }: DirectFigureProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const { conv, values, channel: map, y, x } = unit;
  const [chosen, setChosen] = useState(0);
  const slices = useMemo(() => slicesOf(conv, map), [conv, map]);
  const channel = slices.includes(chosen) ? chosen : slices[0]!;
  const [, , height, width] = source.shape;
  const window = useMemo(() => stretchedWindow(conv, [height, width], { y, x }), [conv, height, width, y, x]);
  const patch = useMemo(() => patchOf(window), [window]);
  const read = useRegion(engine, source, { channel, channels: 1, ...patch });
  const kernel = useMemo(
    () => kernelCells({ conv, values, window, channel, map }, parseRgb(palette.panel), palette.isDark),
    [conv, values, window, channel, map, palette],
  );
  const cells = useMemo(
    () => stretchedCells(window, patch, read, { ground: parseRgb(palette.panel), input: parseRgb(palette.input) }),
    [window, patch, read, palette],
  );
  const [rows, columns] = [metPixels(window.rows), metPixels(window.columns)];
  const met = rows.length * columns.length;
  const [kh, kw] = conv.kernelSize;
  const taps = kh * kw;
  const { zeros, padding } = directOf(conv);
  const sum = read && channelSum({ conv, values, window, channel, map }, patch, read);
  return (
    <section className="transposed-part transposed-direct">
      <header>
        <h3>{t('transposed.direct.title')}</h3>
        {slices.length > 1 && (
          <SelectMenu
            label={t('transposed.direct.channel')}
            options={slices.map((c) => ({ value: String(c), label: nameOf(c) }))}
            value={String(channel)}
            onChange={(value) => setChosen(Number(value))}
          />
        )}
      </header>
      <p className="muted small">{t('transposed.direct.look')}</p>
      <div className="transposed-row">
        <figure>
          <CellGrid
            rows={window.rows.length}
            columns={window.columns.length}
            cells={cells}
            side={longestSide.window}
            box={{ row: 1, column: 1, rows: window.rows.length - 2, columns: window.columns.length - 2 }}
            label={t('transposed.direct.stretchedLabel', { y, x, taps, met })}
          />
          <figcaption className="of-input">{t('transposed.direct.stretched')}</figcaption>
        </figure>
        <span aria-hidden="true">∗</span>
        <figure>
          <CellGrid
            rows={kh}
            columns={kw}
            cells={kernel}
            side={longestSide.kernel}
            label={t('transposed.direct.kernelLabel', { channel: nameOf(channel), map })}
          />
          <figcaption className="of-weights">{t('transposed.direct.kernel')}</figcaption>
          <p className="of-input" title={t('transposed.direct.geometryHint')}>
            {t('transposed.direct.between', { zeros: pairText(zeros) })}
            <br />
            {t('transposed.direct.around', { padding: pairText([padding.top, padding.left]) })}
          </p>
        </figure>
      </div>
      {met === 0 ? (
        <p className="small">{t('transposed.direct.none')}</p>
      ) : (
        <p className="small">
          {t('transposed.direct.met', { met, taps })},{' '}
          {t('transposed.direct.sum', { sum: sum === null ? '…' : measured(sum) })}
          <br />
          {t('transposed.direct.rows', { rows: rows.join(', '), columns: columns.join(', ') })}
        </p>
      )}
    </section>
  );
}
