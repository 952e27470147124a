/** One map full size, over the panel of the maps: how it comes about, its histogram and its statistics. Esc closes it; the other keys are those of the maps. */
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../../engine/engine.ts';
import { channelsReadBy, convOf } from '../../../../graph/explore.ts';
import type { Output } from '../../../../live/results.ts';
import { pinUnit } from '../../../../store/pointer.ts';
import { clampUnit, unitAfterKey } from '../../../../views/atlas/pointing.ts';
import { cssGradient } from '../../../../views/colour/colourMaps.ts';
import { signedNumber } from '../../../../views/numbers.ts';
import type { Palette } from '../../../../views/palette.ts';
import { largestScale } from '../../../../views/zoom.ts';
import { Button } from '../../../components/Button.tsx';
import { useSession, useWorkspace } from '../../../session.tsx';
import { phone, useMedia } from '../../canvas/useMedia.ts';
import { zoomAfterKey } from '../../canvas/zoomGestures.ts';
import { useFilterName } from '../filterName.ts';
import { coloursFor } from '../mapsView.ts';
import { ZoomBadge } from '../ZoomBadge.tsx';
import { MapNumbers } from './MapNumbers.tsx';
import { usePartials } from './partials.ts';
import { SumFigure } from './SumFigure.tsx';
import { sumRange } from './sumRange.ts';
import './opened.css';

export interface OpenedMapProps {
  readonly channel: number;
  readonly engine: Engine;
  readonly output: Output;
  readonly palette: Palette;
}

export function OpenedMap({ channel, engine, output, palette }: OpenedMapProps) {
  const { t } = useTranslation();
  const heading = useId();
  const { pointer, workspace } = useSession();
  const root = useRef<HTMLDivElement>(null);
  // On a phone it covers the panel whose head has the way back from a zoom.
  const isPhone = useMedia(phone);
  const filterName = useFilterName();
  const focus = useWorkspace((state) => state.workspace.focus);
  const filter = useWorkspace(({ workspace }) => workspace.weights[workspace.focus]?.filters[channel]);
  const setView = useWorkspace((state) => state.setView);
  const state = usePartials(engine, output, focus, channel);
  const close = () => setView({ opened: null });

  useEffect(() => root.current?.focus(), []);
  // Photo, dot product and figures speak of the pinned unit: it comes along into the opened map, however that was opened.
  useEffect(() => {
    const { pin } = pointer.getState();
    if (pin && pin.channel !== channel) pinUnit(pointer, { ...pin, channel });
  }, [pointer, channel]);

  const name = t('maps.caption', { number: channel, name: filterName(filter?.recipe) });
  const { first, count } = channelsReadBy(convOf(output.graph, focus), channel);
  const range = sumRange(state.partials, channel, first, count);
  return (
    <div
      ref={root}
      className="opened-map"
      role="dialog"
      aria-labelledby={heading}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          close();
          return;
        }
        if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
        const [, channels, height, width] = output.shape;
        const { zoom } = workspace.getState().workspace.view;
        const zoomed = zoomAfterKey(zoom, event.key, largestScale(width, height));
        const size = { channels, height, width };
        const unit = clampUnit(pointer.getState().pin ?? { channel, y: 0, x: 0 }, size);
        const order = Array.from({ length: channels }, (_, i) => i);
        const moved = unitAfterKey(unit, event.key, event.shiftKey, size, order);
        if (moved) {
          pinUnit(pointer, moved);
          if (moved.channel !== channel) setView({ opened: moved.channel });
        } else if (zoomed) setView({ zoom: zoomed });
        else return;
        event.preventDefault();
      }}
    >
      <header>
        <h3 id={heading}>{t('maps.opened.title', { name })}</h3>
        <span className="range-legend" title={t('maps.opened.range')}>
          <span className="mono">≤ {signedNumber(range.lo)}</span>
          <span className="range-legend-bar" style={{ background: cssGradient(coloursFor('rdbu', palette, range)) }} />
          <span className="mono">≥ {signedNumber(range.hi)}</span>
        </span>
        {isPhone && <ZoomBadge />}
        <Button size="small" variant="quiet" onClick={close}>
          {t('maps.opened.close')}
        </Button>
      </header>
      <p className="muted small">
        {state.status === 'failed'
          ? t('maps.opened.failed', { message: state.message })
          : t(state.status === 'computing' ? 'maps.opened.computing' : 'maps.opened.sum')}
      </p>
      <SumFigure {...{ engine, output, channel, palette, name }} partials={state.partials}>
        <MapNumbers {...{ engine, output, channel }} />
      </SumFigure>
    </div>
  );
}
