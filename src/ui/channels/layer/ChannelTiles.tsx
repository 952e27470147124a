/** All maps of a layer, the liveliest first and weak ones hatched, on one canvas that paints what the scroller shows. */
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { SubjectLayer } from '../../../live/channels/layers.ts';
import { bySpread } from '../../../live/channels/liveliness.ts';
import { measured } from '../../../math/format.ts';
import { layoutAtlas, slotAt, slotRect, visibleSlots } from '../../../views/atlas/layout.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { tileWidthFor } from '../../network/maps/tileWidth.ts';
import { useChannel, useChannelsContext, useLayerFacts, useLiveliness, useLookAtChannels } from '../channels.tsx';
import { useChoose, useGone } from '../pruning/pruning.tsx';
import { useMapsPainter } from './useMapsPainter.ts';

interface ChannelTilesProps {
  readonly engine: Engine;
  readonly maps: Tensor;
  readonly layer: SubjectLayer;
}

const captionHeight = 20;

export function ChannelTiles({ engine, maps, layer }: ChannelTilesProps) {
  const { t } = useTranslation('channels');
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = useElementSize(scroller);
  const [top, setTop] = useState(0);
  const facts = useLayerFacts();
  const live = useLiveliness();
  const chosen = useChannel();
  const look = useLookAtChannels();
  const gone = useGone(layer);
  const { toggle } = useChoose();
  const { marking } = useChannelsContext();
  const [, channels, mapHeight, mapWidth] = maps.shape;
  const sorted = useMemo(() => (facts ? bySpread(facts) : null), [facts]);
  const order = useMemo(() => sorted?.order ?? Array.from({ length: channels }, (_, c) => c), [sorted, channels]);
  const layout = useMemo(() => {
    if (!viewport) return null;
    const options = { count: channels, mapWidth, mapHeight, viewport, flow: 'grid', captionHeight } as const;
    return layoutAtlas({ ...options, tileWidth: tileWidthFor(options) });
  }, [viewport, channels, mapWidth, mapHeight]);
  const canvas = useMapsPainter({ engine, maps, layer, layout, order, viewport, top });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      toggle(layer, chosen);
      return;
    }
    const columns = layout?.columns ?? 1;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const slot = Math.max(0, Math.min(channels - 1, order.indexOf(chosen) + by));
    look({ channel: order[slot] ?? 0 });
  };
  const shown = layout && viewport ? visibleSlots(layout, { x: 0, y: top, ...viewport }) : { first: 0, last: -1 };
  return (
    <div ref={scroller} className="channels-tiles" onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <div
        className="channels-tiles-content"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the channels are chosen by keys
        tabIndex={0}
        aria-label={t('layer.maps')}
        style={{ height: layout?.content.height }}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const slot = layout && slotAt(layout, event.clientX - box.left, event.clientY - box.top);
          const channel = slot === null ? undefined : order[slot];
          if (channel === undefined) return;
          look({ channel });
          if (event.shiftKey || marking.getState().on) toggle(layer, channel);
        }}
      >
        <canvas
          ref={canvas}
          className="channels-tiles-canvas"
          role="img"
          aria-label={t('layer.maps')}
          style={{ width: viewport?.width, height: viewport?.height }}
        />
        {layout &&
          order.slice(shown.first, shown.last + 1).map((channel, i) => {
            const { x, y, width, height } = slotRect(layout, shown.first + i);
            const isWeak = live?.weak.has(channel) ?? false;
            const isAlong = gone?.along.has(channel) ?? false;
            const isGone = isAlong || (gone?.chosen.has(channel) ?? false);
            return (
              <span
                key={channel}
                className={['channels-tile', isWeak && 'weak', isGone && 'gone', isAlong && 'along']
                  .filter(Boolean)
                  .join(' ')}
                data-channel={channel}
                data-chosen={channel === chosen || undefined}
                style={{ left: x, top: y, width, height }}
                aria-hidden="true"
              >
                <span className="channels-tile-map" style={{ height: layout.tile.height }} />
                <span className="channels-tile-words mono">
                  <strong>{channel}</strong>
                  <span>
                    {isGone
                      ? t(isAlong ? 'pruning.goneAlong' : 'pruning.gone')
                      : isWeak
                        ? t('layer.silent')
                        : measured(sorted?.spread[channel] ?? 0)}
                  </span>
                </span>
              </span>
            );
          })}
      </div>
    </div>
  );
}
