/** A column's maps on one canvas: four of them, the chosen one among them, or all. Zoom, cross-hair and pinned unit are those of all columns. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../engine/engine.ts';
import type { ComputedColumn } from '../../../live/compare/compareDesk.ts';
import type { ComparedUnit } from '../../../store/workspace.ts';
import { knownEnds } from '../../../views/colour/range.ts';
import { shortNumber, signedNumber } from '../../../views/numbers.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useWorkspace } from '../../session.tsx';
import { unitIn, useComparisonContext, useLooking, useUnit } from '../comparison.tsx';
import { shownChannels } from './channels.ts';
import { attachColumnGestures, type ShownMaps } from './columnGestures.ts';
import { heightOf, tileAt, tileGrid } from './tileGrid.ts';
import { useColouring } from './useColouring.ts';
import { useColumnCanvas, useMarks } from './useColumnCanvas.ts';
import { useColumnKeys } from './useColumnKeys.ts';
import { useComparedZoom } from './useComparedZoom.ts';
import { useMapValue } from './useMapValue.ts';

interface ColumnMapsProps {
  readonly engine: Engine;
  readonly computed: ComputedColumn;
  readonly place: number;
}

export function ColumnMaps({ engine, computed, place }: ColumnMapsProps) {
  const { t } = useTranslation('compare');
  const { unit: store, looking } = useComparisonContext();
  const unit = useUnit();
  const hover = useLooking((state) => state.hover);
  const showsAll = useLooking((state) => state.showsAll);
  const setView = useWorkspace((state) => state.setView);
  const frame = useRef<HTMLDivElement>(null);
  const size = useElementSize(frame);
  const colouring = useColouring();
  const { zoom, largest } = useComparedZoom();
  const { maps, statistics } = computed;
  const [, channels, height, width] = maps.shape;
  const shown = showsAll ? Array.from({ length: channels }, (_, i) => i) : shownChannels(unit.channel, channels);
  const room = size?.width ?? 0;
  const grid = tileGrid(room, { shown: shown.length, height, width });
  const canvas = useColumnCanvas(engine, { maps, order: shown.join(), room, zoom, colouring });
  const present = useRef<ShownMaps>({ grid, channels: shown, zoom, largest });
  useEffect(() => {
    present.current = { grid, channels: shown, zoom, largest };
  });

  const chosen = Math.min(unit.channel, channels - 1);
  const at = unitIn(unit, height, width);
  const over = hover && unitIn(hover, height, width);
  const centre = { u: (at.x + 0.5) / width, v: (at.y + 0.5) / height };
  const chosenSlot = slotOf(shown, chosen);
  const overlay = useMarks({ grid, zoom, size: { width, height }, pinned: centre, hovered: hover, chosenSlot });
  useEffect(() => {
    if (!overlay.current) return;
    const setZoom = (next: ShownMaps['zoom']) => setView({ zoom: next });
    return attachColumnGestures(overlay.current, { shown: () => present.current, setZoom, unit: store, looking });
  }, [overlay, store, looking, setView]);

  const value = useMapValue(engine, maps, { channel: chosen, ...at });
  const hovered = over && { channel: Math.min(hover.channel, channels - 1), ...over };
  const valueUnder = useMapValue(engine, maps, hovered);
  const onKeyDown = useColumnKeys({ channels, height, width });
  const ends = knownEnds(colouring.range, statistics, chosen);
  const tall = heightOf(grid);
  return (
    <div ref={frame} className="column-maps">
      <div
        className="column-maps-stage"
        data-zoomed={zoom.scale > 1 || undefined}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the maps are operated by keys
        tabIndex={0}
        aria-label={t('mapsKeys', { number: place + 1 })}
        style={{ height: tall }}
        onKeyDown={onKeyDown}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('mapsFigure', { number: place + 1, channels, height, width })}
          style={{ width: room, height: tall }}
        />
        <canvas
          ref={overlay}
          className="column-marks"
          style={{ width: grid.across * (grid.width + grid.gap) - grid.gap, height: tall }}
        />
        {!showsAll &&
          shown.map((channel, slot) => (
            <button
              key={channel}
              type="button"
              className="mono column-map"
              aria-label={t('map', { channel })}
              aria-pressed={channel === unit.channel}
              style={{ left: tileAt(grid, slot).x + 3, top: tileAt(grid, slot).y + grid.height - 3 }}
              onClick={() => store.setState({ channel })}
            >
              <span>{channel}</span>
            </button>
          ))}
      </div>
      <p className="mono muted">
        <span>
          {channels} × {height} × {width}
        </span>
        <output aria-label={t('unit', { channel: chosen, row: at.y, column: at.x })}>
          {value === null ? '…' : shortNumber(value)}
        </output>
      </p>
      <p className="mono muted">
        <span title={t('rangeOfColumn')}>{ends && `${signedNumber(ends.lo)} … ${signedNumber(ends.hi)}`}</span>
        {hovered && <Under unit={hovered} value={valueUnder} />}
      </p>
    </div>
  );
}

function Under({
  unit,
  value,
}: {
  readonly unit: Pick<ComparedUnit, 'channel'> & { y: number; x: number };
  readonly value: number | null;
}) {
  return (
    <span className="column-under">
      {unit.channel} ({unit.y}, {unit.x}) <b>{value === null ? '…' : shortNumber(value)}</b>
    </span>
  );
}

function slotOf(channels: readonly number[], channel: number): number | null {
  const slot = channels.indexOf(channel);
  return slot < 0 ? null : slot;
}
