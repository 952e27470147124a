/** One map of a layer of another kind full size, with its histogram and its statistics. */
import { type CSSProperties, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { coloursFor } from '../explore/maps/mapsView.ts';
import { MapNumbers } from '../explore/maps/opened/MapNumbers.tsx';
import { OpenedFrame } from '../explore/maps/opened/OpenedFrame.tsx';
import type { OpenedMapProps } from '../explore/maps/opened/OpenedMap.tsx';
import { useFigurePainter } from '../explore/maps/opened/useFigurePainter.ts';
import { useResults } from '../session.tsx';

export function OpenedKindMap({ channel, engine, output, palette }: OpenedMapProps) {
  const { t } = useTranslation();
  const statistics = useResults((state) => (state.output === output ? state.statistics?.[channel] : undefined));
  const { root, canvas, overlay, painter } = useFigurePainter(engine);
  const largest = statistics ? Math.max(Math.abs(statistics.min), Math.abs(statistics.max)) || 1 : 1;
  const range = useMemo(() => ({ mode: 'fixed', lo: -largest, hi: largest }) as const, [largest]);
  const [, , height, width] = output.shape;
  useEffect(() => {
    painter.current?.show({
      maps: { response: { tensor: output.maps, channel } },
      ...{ range, colours: coloursFor('rdbu', palette, range), palette, channel, height, width },
    });
  }, [output, channel, range, palette, height, width, painter]);

  const name = String(channel);
  return (
    <OpenedFrame
      {...{ channel, output, palette, range }}
      title={t('maps.opened.title', { name })}
      status={output.kind?.lines.join(' → ') ?? ''}
    >
      <div ref={root} className="sum-figure opened-kind-map" style={{ '--aspect': width / height } as CSSProperties}>
        <canvas
          ref={canvas}
          className="figure-canvas"
          role="img"
          aria-label={t('maps.canvas', { channels: 1, height, width })}
        />
        <div className="sum-response">
          <div data-slot="response" />
        </div>
        <canvas ref={overlay} className="figure-canvas pointing" />
        <MapNumbers {...{ engine, output, channel }} />
      </div>
    </OpenedFrame>
  );
}
