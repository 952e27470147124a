/** All maps of a tensor as a grid of thumbnails on one canvas, each over its own range, the part of them that the linked zoom shows. */
import { useEffect, useRef } from 'react';
import type { Engine, Tensor } from '../../engine/engine.ts';
import { bakeColourMap, parseRgb } from '../../views/colour/colourMaps.ts';
import { groundOf } from '../../views/palette.ts';
import { sourceRect, type ZoomWindow } from '../../views/zoom.ts';
import { useElementSize } from '../explore/canvas/useElementSize.ts';
import { usePalette } from '../theme/usePalette.ts';

interface MapGridProps {
  readonly engine: Engine;
  readonly maps: Tensor;
  readonly label: string;
  /** The part of each map that is shown. */
  readonly zoom: ZoomWindow;
  /** Thumbnails side by side; absent: as suits their number. */
  readonly across?: number;
  /** The channels that are shown, from `from` to before `to`; absent: all. */
  readonly from?: number;
  readonly to?: number;
}

/** CSS pixels between thumbnails. */
const gap = 3;

/** Thumbnails side by side, at least `least`, more where the grid of tall ones would be higher than wide. */
function acrossFor(channels: number, tall: number, least: number): number {
  let across = least;
  while (across < channels && (Math.ceil(channels / across) / across) * tall > 1) across *= 2;
  return across;
}

export function MapGrid({ engine, maps, label, zoom, across: wanted, from = 0, to = maps.shape[1] }: MapGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(frame);
  const palette = usePalette();
  const [, , height, width] = maps.shape;
  const channels = to - from;
  const across = acrossFor(channels, height / width, wanted ?? (channels <= 16 ? 4 : 8));
  const down = Math.ceil(channels / across);

  useEffect(() => {
    const element = canvas.current;
    if (!element || !size) return;
    const surface = engine.surface(element);
    const ratio = devicePixelRatio;
    const side = (size.width - gap * (across - 1)) / across;
    const tall = (side * height) / width;
    element.width = Math.max(1, Math.round(size.width * ratio));
    element.height = Math.max(1, Math.round((tall * down + gap * (down - 1)) * ratio));
    element.style.height = `${element.height / ratio}px`;
    const source = sourceRect(zoom, width, height);
    surface.paint({
      background: parseRgb(palette.panel),
      colours: bakeColourMap('grey', groundOf(palette)),
      tiles: Array.from({ length: channels }, (_, channel) => ({
        tensor: maps,
        channel: from + channel,
        source,
        target: {
          x: Math.round((channel % across) * (side + gap) * ratio),
          y: Math.round(Math.floor(channel / across) * (tall + gap) * ratio),
          width: Math.max(1, Math.round(side * ratio)),
          height: Math.max(1, Math.round(tall * ratio)),
        },
        range: { mode: 'per-map', percentiles: true, symmetric: false },
      })),
    });
    return () => surface.destroy();
  }, [engine, maps, size, palette, from, channels, height, width, across, down, zoom]);

  return (
    <div ref={frame} className="map-grid">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
