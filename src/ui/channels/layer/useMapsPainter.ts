/** Paints the maps of a layer that the scroller shows, in the colours and the range that are chosen for all screens. */
import { type RefObject, useEffect } from 'react';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { SubjectLayer } from '../../../live/channels/layers.ts';
import type { AtlasLayout } from '../../../views/atlas/layout.ts';
import { atlasScene } from '../../../views/atlas/scene.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import type { ElementSize } from '../../explore/canvas/useElementSize.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { usePalette } from '../../theme/usePalette.ts';
import { useMapColours } from '../useMapColours.ts';

interface PainterOptions {
  readonly engine: Engine;
  readonly maps: Tensor;
  readonly layer: SubjectLayer;
  readonly layout: AtlasLayout | null;
  readonly order: readonly number[];
  readonly viewport: ElementSize | null;
  readonly top: number;
}

export function useMapsPainter(options: PainterOptions): RefObject<HTMLCanvasElement | null> {
  const { engine, maps, layer, layout, order, viewport, top } = options;
  const { canvas, surface } = useSurface(engine);
  const palette = usePalette();
  const { colours, range } = useMapColours(layer.response, maps);
  useEffect(() => {
    const element = canvas.current;
    if (!element || !layout || !viewport) return;
    const pixelRatio = devicePixelRatio;
    element.width = Math.max(1, Math.round(viewport.width * pixelRatio));
    element.height = Math.max(1, Math.round(viewport.height * pixelRatio));
    surface.current?.paint(
      atlasScene({
        ...{ tensor: maps, layout, order, pixelRatio, colours, range },
        window: { x: 0, y: top, width: viewport.width, height: viewport.height },
        zoom: { scale: 1, x: 0, y: 0 },
        background: parseRgb(palette.panel),
        reveal: null,
      }),
    );
  }, [maps, layout, order, viewport, top, colours, range, palette, surface, canvas]);
  return canvas;
}
