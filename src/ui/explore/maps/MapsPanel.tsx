/** The response maps of the layer: all filters on one canvas, what its colours mean, and one map opened full size over them. */
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { exploredOf } from '../../../store/explored.ts';
import { captionHeights } from '../../../views/atlas/layout.ts';
import { Panel } from '../../components/Panel.tsx';
import { useResults, useWorkspace } from '../../session.tsx';
import { usePalette } from '../../theme/usePalette.ts';
import { coarse, phone, useMedia } from '../canvas/useMedia.ts';
import { OutputSize } from '../layer/OutputSize.tsx';
import { MapsToolbar } from './MapsToolbar.tsx';
import { MapsViewport } from './MapsViewport.tsx';
import { type Arrangement, colouringOf } from './mapsView.ts';
import { createProbe } from './probe.ts';
import { RangeLegend } from './RangeLegend.tsx';
import { StripPosition } from './StripPosition.tsx';
import { useFocusReturn } from './useFocusReturn.ts';
import { ZoomBadge } from './ZoomBadge.tsx';
import './maps.css';

const OpenedMap = lazy(async () => ({ default: (await import('./opened/OpenedMap.tsx')).OpenedMap }));
const OpenedKindMap = lazy(async () => ({ default: (await import('../../kinds/OpenedKindMap.tsx')).OpenedKindMap }));

export function MapsPanel() {
  const { t } = useTranslation();
  const palette = usePalette();
  const isPhone = useMedia(phone);
  const isCoarse = useMedia(coarse);
  const arrangement = useMemo<Arrangement>(
    () => ({ flow: isPhone ? 'strip' : 'grid', captionHeight: captionHeights[isCoarse ? 'coarse' : 'fine'] }),
    [isPhone, isCoarse],
  );
  const output = useResults((state) => state.output);
  const engine = useResults((state) => state.running);
  const view = useWorkspace((state) => state.workspace.view);
  const focus = useWorkspace((state) => state.workspace.focus);
  const explored = useWorkspace(({ workspace }) => exploredOf(workspace));
  const setView = useWorkspace((state) => state.setView);
  const probe = useMemo(createProbe, []);
  const colouring = useMemo(
    () => (output ? colouringOf(output, focus, view, palette) : null),
    [output, focus, view, palette],
  );

  const channels = output?.shape[1] ?? 0;
  const opened = view.opened !== null && view.opened < channels ? view.opened : null;
  useEffect(() => {
    if (view.opened !== null && channels > 0 && view.opened >= channels) setView({ opened: null });
  }, [view.opened, channels, setView]);

  useFocusReturn(opened !== null);

  const Opened = output?.kind ? OpenedKindMap : OpenedMap;
  const size = output && (
    <>
      <span data-counts="N">{channels}</span> × {output.shape[2]} × {output.shape[3]}
    </>
  );
  return (
    <Panel
      token="maps"
      title={t('maps.title')}
      meta={isPhone ? <StripPosition count={channels} /> : (size ?? '')}
      end={
        <>
          <ZoomBadge />
          {opened === null && colouring && <RangeLegend colouring={colouring} />}
        </>
      }
      className={`maps-panel${isPhone ? ' phone' : ''}`}
    >
      {!isPhone && explored === 'convolution' && <OutputSize />}
      {!isPhone && <MapsToolbar />}
      <div className="maps-stage" inert={opened !== null}>
        <MapsViewport arrangement={arrangement} engine={engine} palette={palette} probe={probe} />
      </div>
      {opened !== null && engine && output && (
        <Suspense>
          <Opened key={opened} channel={opened} engine={engine} output={output} palette={palette} />
        </Suspense>
      )}
    </Panel>
  );
}
