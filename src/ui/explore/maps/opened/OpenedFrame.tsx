/** The dialog of one map full size, over the panel of the maps. Esc closes it; the other keys are those of the maps. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
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
import { coloursFor } from '../mapsView.ts';
import { ZoomBadge } from '../ZoomBadge.tsx';
import './opened.css';

interface OpenedFrameProps {
  readonly channel: number;
  readonly output: Output;
  readonly palette: Palette;
  readonly title: string;
  readonly range: { readonly mode: 'fixed'; readonly lo: number; readonly hi: number };
  /** What is being computed, or what the figure shows. */
  readonly status: string;
  readonly children: ReactNode;
}

export function OpenedFrame({ channel, output, palette, title, range, status, children }: OpenedFrameProps) {
  const { t } = useTranslation();
  const heading = useId();
  const { pointer, workspace } = useSession();
  const root = useRef<HTMLDivElement>(null);
  // On a phone it covers the panel whose head has the way back from a zoom.
  const isPhone = useMedia(phone);
  const setView = useWorkspace((state) => state.setView);
  const close = () => setView({ opened: null });

  useEffect(() => root.current?.focus(), []);
  // Photo, dot product and figures speak of the pinned unit: it comes along into the opened map, however that was opened.
  useEffect(() => {
    const { pin } = pointer.getState();
    if (pin && pin.channel !== channel) pinUnit(pointer, { ...pin, channel });
  }, [pointer, channel]);

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
        <h3 id={heading}>{title}</h3>
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
      <p className="muted small">{status}</p>
      {children}
    </div>
  );
}
