/** The effective field over the photo. */
import { useLayoutEffect, useRef } from 'react';
import type { FieldMap } from '../../../../graph/effectiveField/fieldMap.ts';
import { parseRgb } from '../../../../views/colour/colourMaps.ts';
import { heatVeil } from '../../../../views/network/context/heat.ts';
import { usePalette } from '../../../theme/usePalette.ts';

export function HeatVeil({ map }: { readonly map: FieldMap }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { field } = usePalette();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = map.width;
    canvas.current.height = map.height;
    context.putImageData(new ImageData(heatVeil(map, parseRgb(field)), map.width, map.height), 0, 0);
  }, [map, field]);
  return <canvas ref={canvas} className="context-heat" />;
}
