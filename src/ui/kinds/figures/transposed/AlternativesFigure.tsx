/** The layer's map, the map of its overlap counts, and what other networks make of the same input: one zoom and one range for all. */
import { type CSSProperties, type RefObject, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, Tensor } from '../../../../engine/engine.ts';
import { alternativeNames } from '../../../../graph/transposed/oneChannel.ts';
import type { Output } from '../../../../live/results.ts';
import { interiorOverlaps } from '../../../../operators/convTranspose2d/overlapMap.ts';
import { clampZoom, largestScale, wholePicture } from '../../../../views/zoom.ts';
import { Button } from '../../../components/Button.tsx';
import { coloursFor } from '../../../explore/maps/mapsView.ts';
import { useFigurePainter } from '../../../explore/maps/opened/useFigurePainter.ts';
import { useWorkspace } from '../../../session.tsx';
import { usePalette } from '../../../theme/usePalette.ts';
import { AlternativeCaption } from './AlternativeCaption.tsx';
import { useNewest } from './newest.ts';
import { overlapCounts, transposedMaps } from './transposedMaps.ts';
import type { TransposedUnit } from './transposedUnit.ts';

interface AlternativesFigureProps {
  readonly engine: Engine;
  readonly output: Output;
  readonly source: Tensor;
  readonly unit: TransposedUnit;
  /** An activation follows the layer. */
  readonly isActivated: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
}

/** How many pixels of the map a zoom to the unit shows across. */
const near = 24;

export function AlternativesFigure({ engine, output, source, unit, isActivated, scroller }: AlternativesFigureProps) {
  const { t } = useTranslation('kinds');
  const palette = usePalette();
  const { root, canvas, overlay, painter } = useFigurePainter(engine, scroller);
  const { conv, values, channel, y, x } = unit;
  const [, , inputHeight, inputWidth] = source.shape;
  const [, , height, width] = output.shape;
  const asked = useMemo(() => ({ output, conv, values, source, channel }), [output, conv, values, source, channel]);
  const maps = useNewest(engine, asked, transposedMaps);
  const geometry = JSON.stringify([conv.kernelSize, conv.stride, conv.padding, conv.dilation, conv.outputPadding]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts are a function of the geometry alone; a photo brings none
  const askedOverlap = useMemo(
    () => ({ conv, size: [inputHeight, inputWidth] as const }),
    [geometry, inputHeight, inputWidth],
  );
  const overlap = useNewest(engine, askedOverlap, overlapCounts);
  const largest = Math.max(1, ...interiorOverlaps(conv));

  const { found } = maps;
  useEffect(() => {
    if (!found) return;
    const ready = alternativeNames.flatMap((name) => {
      const result = found.alternatives[name];
      return result.status === 'ready' ? [[name, { tensor: result.tensor, channel: 0 }] as const] : [];
    });
    const counts = overlap.found && {
      overlap: { tensor: overlap.found, channel: 0, range: { mode: 'fixed', lo: -largest, hi: largest } as const },
    };
    painter.current?.show({
      maps: { layer: { tensor: found.layer, channel: 0 }, ...Object.fromEntries(ready), ...counts },
      range: found.range,
      colours: coloursFor('rdbu', palette, found.range),
      ...{ palette, channel },
      height: found.layer.shape[2],
      width: found.layer.shape[3],
    });
  }, [found, overlap.found, largest, palette, channel, painter]);

  const scale = useWorkspace((state) => state.workspace.view.zoom.scale);
  const setView = useWorkspace((state) => state.setView);
  const zoomToUnit = () => {
    const nearest = Math.min(largestScale(width, height), Math.max(1, width / near));
    const at = (index: number, size: number) => (index + 0.5) / size - 0.5 / nearest;
    setView({ zoom: clampZoom({ scale: nearest, x: at(x, width), y: at(y, height) }, nearest) });
  };
  const shape = { '--aspect': width / height } as CSSProperties;
  return (
    <section className="transposed-part transposed-others" aria-busy={maps.status === 'computing'}>
      <header>
        <h3>{t('transposed.others.title', { map: channel })}</h3>
        <Button size="small" variant="quiet" onClick={scale > 1 ? () => setView({ zoom: wholePicture }) : zoomToUnit}>
          {scale > 1 ? t('transposed.others.whole') : t('transposed.others.toUnit')}
        </Button>
      </header>
      {maps.status === 'failed' && (
        <p className="small" role="alert">
          {t('transposed.others.failed', { message: maps.message })}
        </p>
      )}
      <div ref={root} className="transposed-maps">
        <canvas
          ref={canvas}
          className="figure-canvas"
          role="img"
          aria-label={t('transposed.others.figure', { map: channel })}
        />
        {(['layer', ...alternativeNames] as const).map((name) => (
          <figure key={name}>
            <div data-slot={name} style={shape} />
            <AlternativeCaption
              name={name}
              conv={conv}
              size={[inputHeight, inputWidth]}
              result={name === 'layer' ? null : (found?.alternatives[name] ?? null)}
            />
          </figure>
        ))}
        <figure>
          <div data-slot="overlap" style={shape} />
          <figcaption>
            <b>{t('transposed.others.overlap')}</b>
            <span>{t('transposed.others.overlapRange', { largest })}</span>
          </figcaption>
        </figure>
        <p className="muted">{t('transposed.others.legend')}</p>
        <canvas ref={overlay} className="figure-canvas pointing" />
      </div>
      {isActivated && <p className="muted small">{t('transposed.others.before')}</p>}
    </section>
  );
}
