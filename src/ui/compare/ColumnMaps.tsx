/** Four of a column's maps on one canvas, the pinned one among them, all on the column's own range; a click pins a unit everywhere. */
import { type MouseEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../engine/engine.ts';
import type { ComputedColumn } from '../../live/compare/compareDesk.ts';
import { bakeColourMap, parseRgb } from '../../views/colour/colourMaps.ts';
import { groundOf } from '../../views/palette.ts';
import { useElementSize } from '../explore/canvas/useElementSize.ts';
import { usePalette } from '../theme/usePalette.ts';
import { shownChannels } from './channels.ts';
import { unitIn, useComparisonContext, useUnit } from './comparison.tsx';

interface ColumnMapsProps {
  readonly engine: Engine;
  readonly computed: ComputedColumn;
  readonly place: number;
}

const gap = 6;

export function ColumnMaps({ engine, computed, place }: ColumnMapsProps) {
  const { t } = useTranslation('compare');
  const { unit: store } = useComparisonContext();
  const unit = useUnit();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(frame);
  const palette = usePalette();
  const { maps } = computed;
  const [, channels, height, width] = maps.shape;
  const shown = shownChannels(unit.channel, channels);
  const order = shown.join();
  const side = size ? (size.width - gap) / 2 : 0;
  const tall = (side * height) / width;

  useEffect(() => {
    const element = canvas.current;
    if (!element || side <= 0) return;
    const surface = engine.surface(element);
    const ratio = devicePixelRatio;
    element.width = Math.max(1, Math.round((2 * side + gap) * ratio));
    element.height = Math.max(1, Math.round((2 * tall + gap) * ratio));
    surface.paint({
      background: parseRgb(palette.panel),
      colours: bakeColourMap('rdbu', groundOf(palette)),
      tiles: order.split(',').map((channel, slot) => ({
        tensor: maps,
        channel: Number(channel),
        source: { x: 0, y: 0, width, height },
        target: {
          x: Math.round((slot % 2) * (side + gap) * ratio),
          y: Math.round(Math.floor(slot / 2) * (tall + gap) * ratio),
          width: Math.max(1, Math.round(side * ratio)),
          height: Math.max(1, Math.round(tall * ratio)),
        },
        range: { mode: 'per-layer', percentiles: true, symmetric: true },
      })),
    });
    return () => surface.destroy();
  }, [engine, maps, order, side, tall, height, width, palette]);

  const pin = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [px, py] = [event.clientX - box.x, event.clientY - box.y];
    const [column, row] = [px > side + gap / 2 ? 1 : 0, py > tall + gap / 2 ? 1 : 0];
    const channel = shown[2 * row + column];
    if (channel === undefined) return;
    const within = (value: number) => Math.min(0.9999, Math.max(0, value));
    store.setState({
      channel,
      u: within((px - column * (side + gap)) / side),
      v: within((py - row * (tall + gap)) / tall),
    });
  };
  const at = unitIn(unit, height, width);
  return (
    <div ref={frame} className="column-maps">
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the map's own buttons pin by keyboard */}
      <div className="column-maps-stage" style={{ height: 2 * tall + gap }} onClick={pin}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('mapsFigure', { number: place + 1, channels, height, width })}
          style={{ width: 2 * side + gap, height: 2 * tall + gap }}
        />
        {shown.map((channel, slot) => (
          <span
            key={channel}
            className="column-map"
            data-pinned={channel === Math.min(unit.channel, channels - 1) || undefined}
            style={{
              left: (slot % 2) * (side + gap),
              top: Math.floor(slot / 2) * (tall + gap),
              width: side,
              height: tall,
            }}
          >
            <span
              className="column-unit"
              style={{ left: `${((at.x + 0.5) / width) * 100}%`, top: `${((at.y + 0.5) / height) * 100}%` }}
            />
            <button
              type="button"
              className="mono"
              aria-label={t('map', { channel })}
              aria-pressed={channel === unit.channel}
              onClick={(event) => {
                event.stopPropagation();
                store.setState({ channel });
              }}
            >
              {channel}
            </button>
          </span>
        ))}
      </div>
      <p className="mono muted">
        {channels} × {height} × {width}
      </p>
    </div>
  );
}
