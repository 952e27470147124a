/**
 * Triplets of maps on one canvas: the layer's, the substitute's, and their difference, in the range of the layer's own map; a small
 * difference is enlarged, in all triplets alike, and it is said by how much.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, MapStatistics, Tile } from '../../../engine/engine.ts';
import type { LossMap, LossMaps } from '../../../live/compare/loss/lossMaps.ts';
import { bakeColourMap, parseRgb } from '../../../views/colour/colourMaps.ts';
import { groundOf } from '../../../views/palette.ts';
import { usePalette } from '../../theme/usePalette.ts';
import { errorText, gainOf } from './plane.ts';

interface LossTripletsProps {
  readonly engine: Engine;
  readonly shown: LossMaps;
  readonly maps: readonly LossMap[];
  readonly across: number;
  /** Of all, in CSS pixels. */
  readonly width: number;
}

const gap = 4;
const between = 18;
/** Above each triplet, for its words. */
const head = 22;
const parts = ['original', 'substitute', 'difference'] as const;

export function LossTriplets({ engine, shown, maps, across, width }: LossTripletsProps) {
  const { t } = useTranslation('loss');
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const [, , mapHeight, mapWidth] = shown.original.shape;
  const gain = gainOf(shown.error);
  const triplet = (width - between * (across - 1)) / across;
  const side = (triplet - 2 * gap) / 3;
  const tall = (side * mapHeight) / mapWidth;
  const row = head + tall;
  const rows = Math.ceil(maps.length / across);
  const height = rows * row + (rows - 1) * gap;
  const corner = (i: number) => ({
    left: (i % across) * (triplet + between),
    top: Math.floor(i / across) * (row + gap),
  });

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const surface = engine.surface(element);
    const ratio = devicePixelRatio;
    element.width = Math.max(1, Math.round(width * ratio));
    element.height = Math.max(1, Math.round(height * ratio));
    surface.paint({
      background: parseRgb(palette.panel),
      colours: bakeColourMap('rdbu', groundOf(palette)),
      tiles: maps.flatMap((map, i) =>
        parts.map((part, p): Tile => {
          const left = (i % across) * (triplet + between) + p * (side + gap);
          const top = Math.floor(i / across) * (row + gap) + head;
          return {
            tensor: shown[part],
            channel: map.channel,
            source: { x: 0, y: 0, width: mapWidth, height: mapHeight },
            target: {
              x: Math.round(left * ratio),
              y: Math.round(top * ratio),
              width: Math.max(1, Math.round(side * ratio)),
              height: Math.max(1, Math.round(tall * ratio)),
            },
            range: { mode: 'fixed', ...rangeOf(map.statistics, part === 'difference' ? gain : 1) },
          };
        }),
      ),
    });
    return () => surface.destroy();
  }, [engine, shown, maps, across, width, height, triplet, side, tall, row, mapWidth, mapHeight, palette, gain]);

  return (
    <div className="loss-triplets" style={{ height }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('maps.figure', { list: maps.map(({ channel }) => channel).join(', ') })}
        style={{ width, height }}
      />
      {maps.map((map, i) => (
        <p key={map.channel} style={{ ...corner(i), width: triplet, height: head }}>
          <b className="mono">{t('maps.map', { channel: map.channel })}</b>
          {map.error === null ? (
            <span className="loss-silent" title={t('maps.silentHint')}>
              {t('maps.silent')}
            </span>
          ) : (
            <span className="mono loss-error">{errorText(map.error)}</span>
          )}
          {i < across && (
            <span className="muted loss-parts">
              {t('maps.original')} · {t('maps.substitute')} · {t('maps.difference')}
              {gain > 1 && ` × ${gain}`}
            </span>
          )}
        </p>
      ))}
    </div>
  );
}

/** Symmetric, by the 1st and 99th percentile of the layer's own map. */
function rangeOf({ p1, p99 }: MapStatistics, gain: number) {
  const end = Math.max(Math.abs(p1), Math.abs(p99), 1e-30) / gain;
  return { lo: -end, hi: end };
}
