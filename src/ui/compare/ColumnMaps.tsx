/** Four of a column's maps on one canvas, the pinned one among them, all on the column's own range; a click pins a unit everywhere. */
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { ComputedColumn } from '../../live/compare/compareDesk.ts';
import { bakeColourMap, parseRgb } from '../../views/colour/colourMaps.ts';
import { shortNumber } from '../../views/numbers.ts';
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

const steps: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

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
  const pinned = Math.min(unit.channel, channels - 1);
  const value = useValue(engine, maps, pinned, at);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = steps[event.key];
    if (!by || event.target !== event.currentTarget) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    const moved = (index: number, step: number, size: number) =>
      (Math.min(size - 1, Math.max(0, index + far * step)) + 0.5) / size;
    store.setState({ u: moved(at.x, by.x, width), v: moved(at.y, by.y, height) });
  };
  return (
    <div ref={frame} className="column-maps">
      <div
        className="column-maps-stage"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the maps are operated by keys
        tabIndex={0}
        aria-label={t('mapsKeys', { number: place + 1 })}
        style={{ height: 2 * tall + gap }}
        onClick={pin}
        onKeyDown={onKeyDown}
      >
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
            data-pinned={channel === pinned || undefined}
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
        <span>
          {channels} × {height} × {width}
        </span>
        <output aria-label={t('unit', { channel: pinned, row: at.y, column: at.x })}>
          {value === null ? '…' : shortNumber(value)}
        </output>
      </p>
    </div>
  );
}

/** The value of one unit as it comes from the engine; null until it is there. */
function useValue(engine: Engine, maps: Tensor, channel: number, { y, x }: { readonly y: number; readonly x: number }) {
  const [value, setValue] = useState<number | null>(null);
  useEffect(() => {
    let isCurrent = true;
    engine.read(maps, { channel, channels: 1, y, x, height: 1, width: 1 }).then(
      ([read]) => isCurrent && setValue(read ?? null),
      // The maps were freed by a newer run: it asks again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, maps, channel, y, x]);
  return value;
}
