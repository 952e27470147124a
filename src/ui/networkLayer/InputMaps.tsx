/** The maps that the layer reads, as the network computes them: as many at once as can be told apart, the others by pages. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MapGrid } from '../compare/MapGrid.tsx';
import { IconButton } from '../components/Button.tsx';
import { Panel } from '../components/Panel.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { useResults, useWorkspace } from '../session.tsx';

const most = 64;

export function InputMaps() {
  const { t } = useTranslation('network');
  const engine = useResults((state) => state.running);
  const output = useResults((state) => (state.output?.kind?.from === 'network' ? state.output : null));
  const zoom = useWorkspace((state) => state.workspace.view.zoom);
  const [wanted, setWanted] = useState(0);
  const source = output?.kind?.source;
  const maps = source === undefined ? undefined : output?.inputs[source];
  const channels = maps?.shape[1] ?? 0;
  const page = Math.min(wanted, Math.max(0, Math.ceil(channels / most) - 1));
  const [from, to] = [page * most, Math.min(channels, (page + 1) * most)];
  const described = source !== undefined && maps ? `${source} · ${maps.shape.slice(1).join(' × ')}` : '';
  const pages = channels > most && (
    <span className="layer-pages mono">
      <IconButton
        size="small"
        label={t('explore.pageBefore')}
        icon={<ChevronLeft aria-hidden="true" />}
        disabled={page === 0}
        onClick={() => setWanted(page - 1)}
      />
      {t('explore.page', { from, to: to - 1, channels })}
      <IconButton
        size="small"
        label={t('explore.pageBehind')}
        icon={<ChevronRight aria-hidden="true" />}
        disabled={to === channels}
        onClick={() => setWanted(page + 1)}
      />
    </span>
  );
  return (
    <Panel
      token="input"
      title={t('explore.reads')}
      meta={described}
      {...(pages ? { end: pages } : {})}
      className="layer-input-maps"
    >
      {engine && maps ? (
        // Scrolls where the maps are large, so it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <section className="layer-input-scroll" aria-label={described} tabIndex={0}>
          <MapGrid
            key={`${engine.description.kind} ${source}`}
            {...{ engine, maps, zoom, from, to }}
            across={to - from > 32 ? 16 : 8}
            label={t('maps.figure', { layer: source, channels, height: maps.shape[2], width: maps.shape[3] })}
          />
        </section>
      ) : (
        <Skeleton />
      )}
    </Panel>
  );
}
