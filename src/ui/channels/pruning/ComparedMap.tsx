/** One map in a given range, painted by the engine. */
import { useEffect, useRef } from 'react';
import type { Tensor } from '../../../engine/engine.ts';
import { parseRgb } from '../../../views/colour/colourMaps.ts';
import type { MatrixColours } from '../../../views/correlation/picture.ts';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useSurface } from '../../explore/canvas/useSurface.ts';
import { usePalette } from '../../theme/usePalette.ts';
import { useComparedEngine } from './useComparedEngine.ts';

interface ComparedMapProps {
  readonly tensor: Tensor;
  readonly channel: number;
  readonly colours: MatrixColours;
  readonly caption: string;
  readonly label: string;
}

export function ComparedMap({ tensor, channel, colours: { colours, ends }, caption, label }: ComparedMapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useElementSize(frame);
  const { canvas, surface } = useSurface(useComparedEngine());
  const palette = usePalette();
  const [, , height, width] = tensor.shape;
  const { lo, hi } = ends;
  useEffect(() => {
    const element = canvas.current;
    if (!element || !size || tensor.isFreed) return;
    element.width = Math.max(1, Math.round(size.width * devicePixelRatio));
    element.height = Math.max(1, Math.round(((size.width * height) / width) * devicePixelRatio));
    const target = { x: 0, y: 0, width: element.width, height: element.height };
    const source = { x: 0, y: 0, width, height };
    const range = { mode: 'fixed', lo, hi } as const;
    const tiles = [{ tensor, channel, target, source, range }];
    surface.current?.paint({ background: parseRgb(palette.panel), colours, tiles });
  }, [tensor, channel, colours, lo, hi, size, height, width, palette, surface, canvas]);
  return (
    <figure>
      <div ref={frame}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={label}
          style={{ width: size?.width, height: size ? (size.width * height) / width : undefined }}
        />
      </div>
      <figcaption className="small">{caption}</figcaption>
    </figure>
  );
}
