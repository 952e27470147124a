/** Paints a column's maps with the engine, and what is marked on them over it; anew when what it shows changes. */
import { type RefObject, useEffect, useRef } from 'react';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import { sourceRect, type ZoomWindow } from '../../../views/zoom.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { usePalette } from '../../theme/usePalette.ts';
import type { ComparedColouring } from './colouring.ts';
import { drawMarks, type Marks } from './marks.ts';
import { heightOf, tileAt, tileGrid } from './tileGrid.ts';

export interface ColumnPicture {
  readonly maps: Tensor;
  /** The channels shown, in the order of their tiles, joined by commas: the same text is the same order. */
  readonly order: string;
  /** CSS pixels from left to right. */
  readonly room: number;
  readonly zoom: ZoomWindow;
  readonly colouring: ComparedColouring;
}

export function useColumnCanvas(engine: Engine, { maps, order, room, zoom, colouring }: ColumnPicture) {
  const { canvas, surface } = useSurface(engine);
  const palette = usePalette();
  const { colours, range } = colouring;
  const [, , height, width] = maps.shape;

  useEffect(() => {
    const element = canvas.current;
    if (!element || room === 0) return;
    const channels = order.split(',').map(Number);
    const grid = tileGrid(room, { shown: channels.length, height, width });
    const ratio = devicePixelRatio;
    element.width = Math.max(1, Math.round(room * ratio));
    element.height = Math.max(1, Math.round(heightOf(grid) * ratio));
    surface.current?.paint({
      background: parseRgb(palette.panel),
      colours,
      tiles: channels.map((channel, slot) => {
        const tile = tileAt(grid, slot);
        return {
          tensor: maps,
          channel,
          source: sourceRect(zoom, width, height),
          target: {
            x: Math.round(tile.x * ratio),
            y: Math.round(tile.y * ratio),
            width: Math.max(1, Math.round(tile.width * ratio)),
            height: Math.max(1, Math.round(tile.height * ratio)),
          },
          range,
        };
      }),
    });
  }, [maps, order, room, height, width, zoom, colours, range, palette, canvas, surface]);
  return canvas;
}

/** Draws the marks after every render: they are few, and most renders are for them. */
export function useMarks(marks: Marks): RefObject<HTMLCanvasElement | null> {
  const overlay = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  useEffect(() => {
    if (overlay.current && marks.grid.width > 0) drawMarks(overlay.current, marks, palette, devicePixelRatio);
  });
  return overlay;
}
