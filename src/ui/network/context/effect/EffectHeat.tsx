/** An effective field as a heat map of a part of the photo, with the square about its middle that holds 95 %. */
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldMap } from '../../../../graph/effectiveField/fieldMap.ts';
import type { CentredSquare } from '../../../../graph/effectiveField/summary.ts';
import type { Field } from '../../../../graph/field/receptiveField.ts';
import { sizeOf } from '../../../../math/intervals.ts';
import { heatPicture } from '../../../../views/network/context/heat.ts';

interface EffectHeatProps {
  readonly map: FieldMap;
  /** The part that is drawn. */
  readonly box: Field;
  readonly colours: Uint8Array;
  readonly square: CentredSquare;
  /** The theoretical field, where it is smaller than the part. */
  readonly field?: Field;
}

export function EffectHeat({ map, box, colours, square, field }: EffectHeatProps) {
  const { t } = useTranslation('network');
  const canvas = useRef<HTMLCanvasElement>(null);
  const [height, width] = [sizeOf(box.h), sizeOf(box.w)];
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    canvas.current.width = width;
    canvas.current.height = height;
    context.putImageData(new ImageData(heatPicture(map, box, colours), width, height), 0, 0);
  }, [map, box, colours, height, width]);
  return (
    <div className="effect-heat" style={{ aspectRatio: `${width} / ${height}` }}>
      <canvas ref={canvas} role="img" aria-label={t('context.effect.figure', { height, width })} />
      <svg viewBox={`${box.w.lo} ${box.h.lo} ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {field && (
          <rect className="effect-box" x={field.w.lo} y={field.h.lo} width={sizeOf(field.w)} height={sizeOf(field.h)} />
        )}
        <rect
          className="effect-square"
          x={square.left}
          y={square.top}
          width={square.right - square.left + 1}
          height={square.bottom - square.top + 1}
        />
      </svg>
      {!field && (
        <span className="effect-share" aria-hidden="true">
          95 %
        </span>
      )}
    </div>
  );
}
