/** The scrolled area of the maps: the engine's canvas, the canvas of cross-hairs above it, and a caption under every map. */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../engine/engine.ts';
import type { Palette } from '../../../views/palette.ts';
import { useResults, useSession, useWorkspace } from '../../session.tsx';
import { engineKey } from '../canvas/engineKey.ts';
import { useElementSize } from '../canvas/useElementSize.ts';
import { createAtlasPainter } from './atlasPainter.ts';
import { Captions } from './Captions.tsx';
import { MapsDescription } from './MapsDescription.tsx';
import { attachMapGestures } from './mapGestures.ts';
import { type Arrangement, type Atlas, atlasOf } from './mapsView.ts';
import type { ProbeStore } from './probe.ts';
import { useCentredMap } from './useCentredMap.ts';
import { useMapKeys } from './useMapKeys.ts';

export interface MapsViewportProps {
  readonly arrangement: Arrangement;
  readonly engine: Engine | null;
  readonly palette: Palette;
  readonly probe: ProbeStore;
}

export function MapsViewport({ arrangement, engine, palette, probe }: MapsViewportProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const viewport = useElementSize(scroller);
  const output = useResults((state) => state.output);
  const statistics = useResults((state) => state.statistics);
  const view = useWorkspace((state) => state.workspace.view);
  const atlas = useMemo(
    () => (output && viewport ? atlasOf(output, statistics, view, viewport, arrangement) : null),
    [output, statistics, view, viewport, arrangement],
  );
  const onKeyDown = useMapKeys(atlas, scroller);
  useCentredMap(atlas, scroller);
  const description = output
    ? t('maps.canvas', { channels: output.shape[1], height: output.shape[2], width: output.shape[3] })
    : '';

  return (
    <div
      ref={scroller}
      className={`maps-scroller ${arrangement.flow}`}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the maps are operated by keys
      tabIndex={0}
      aria-label={t('maps.region')}
      onKeyDown={onKeyDown}
    >
      <div
        ref={content}
        className={`maps-content${view.zoom.scale > 1 ? ' zoomed' : ''}`}
        style={atlas ? { width: atlas.layout.content.width, height: atlas.layout.content.height } : undefined}
      >
        {engine && (
          <MapCanvases
            key={engineKey(engine)}
            label={description}
            atlas={atlas}
            {...{ arrangement, engine, palette, probe, scroller, content, viewport }}
          />
        )}
        {atlas && output && <Captions {...{ atlas, probe, viewport, scroller }} />}
      </div>
      {!output && <p className="maps-waiting muted">{t('maps.waiting')}</p>}
      <MapsDescription probe={probe} />
    </div>
  );
}

interface MapCanvasesProps extends MapsViewportProps {
  readonly engine: Engine;
  readonly label: string;
  readonly atlas: Atlas | null;
  readonly viewport: ReturnType<typeof useElementSize>;
  readonly scroller: React.RefObject<HTMLDivElement | null>;
  readonly content: React.RefObject<HTMLDivElement | null>;
}

function MapCanvases(props: MapCanvasesProps) {
  const { label, atlas, arrangement, engine, palette, probe, scroller, content, viewport } = props;
  const session = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const painter = useRef<ReturnType<typeof createAtlasPainter> | null>(null);
  const present = useRef(atlas);
  useLayoutEffect(() => {
    present.current = atlas;
  });

  useEffect(() => {
    const [area, origin, maps, above] = [scroller.current, content.current, canvas.current, overlay.current];
    if (!area || !origin || !maps || !above) return;
    const created = createAtlasPainter({ session, engine, scroller: area, canvas: maps, overlay: above, probe });
    painter.current = created;
    const detach = attachMapGestures(session, area, origin, above, () => present.current);
    return () => {
      detach();
      painter.current = null;
      created.dispose();
    };
  }, [session, engine, probe, scroller, content]);

  useEffect(() => {
    if (viewport) painter.current?.setStage({ viewport, arrangement, palette });
  }, [viewport, arrangement, palette]);

  return (
    <>
      <canvas ref={canvas} className="maps-canvas" role="img" aria-label={label} />
      <canvas ref={overlay} className="maps-overlay" />
    </>
  );
}
