/** One map of a pair, painted by the engine. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { usePalette } from '../../theme/usePalette.ts';
import { useMapColours } from '../useMapColours.ts';

interface PairMapProps {
  readonly engine: Engine;
  readonly node: NodeId;
  readonly maps: Tensor;
  readonly channel: number;
  readonly label: string;
}

export function PairMap({ engine, node, maps, channel, label }: PairMapProps) {
  const { t } = useTranslation('channels');
  const frame = useRef<HTMLDivElement>(null);
  const size = useElementSize(frame);
  const { canvas, surface } = useSurface(engine);
  const palette = usePalette();
  const { colours, range } = useMapColours(node, maps);
  const [, , height, width] = maps.shape;
  useEffect(() => {
    const element = canvas.current;
    if (!element || !size) return;
    element.width = Math.max(1, Math.round(size.width * devicePixelRatio));
    element.height = Math.max(1, Math.round(((size.width * height) / width) * devicePixelRatio));
    const target = { x: 0, y: 0, width: element.width, height: element.height };
    const source = { x: 0, y: 0, width, height };
    const tiles = [{ tensor: maps, channel, target, source, range }];
    surface.current?.paint({ background: parseRgb(palette.panel), colours, tiles });
  }, [maps, channel, colours, range, size, height, width, palette, surface, canvas]);
  return (
    <figure className="pair-map">
      <div ref={frame}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={t('pair.map', { channel, layer: label })}
          style={{ width: size?.width, height: size ? (size.width * height) / width : undefined }}
        />
      </div>
      <figcaption className="mono small">
        {label} · {channel}
      </figcaption>
    </figure>
  );
}
