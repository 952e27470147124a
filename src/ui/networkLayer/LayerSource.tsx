/** Where the maps come from that the layer reads: network, layer, shape; with the ways to the layers beside it, to Network and to the plain photo. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isArchitectureName } from '../../graph/architectures/index.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { ExploredLayer } from '../../live/networkLayer/exploredLayer.ts';
import { readAlone } from '../../live/networkLayer/layerAlone.ts';
import { percent } from '../../math/format.ts';
import { Button, IconButton } from '../components/Button.tsx';
import { PixelWords } from '../network/context/PixelWords.tsx';
import { titleOf } from '../network/head/families.ts';
import { useWorkspace } from '../session.tsx';
import { builtNode, type LayerWays, useExploredLayer, useLayerWays } from './useExploredLayer.ts';

export function LayerSource({ isNamed = false }: { readonly isNamed?: boolean }) {
  const { t } = useTranslation('network');
  const layer = useExploredLayer();
  const node = useWorkspace((state) => state.workspace.networkLayer);
  const layers = useWorkspace((state) => state.workspace.network.layers);
  const ways = useLayerWays();
  useStepKeys(ways);
  const read = layer && readOf(layer);
  const shape = read && layer.plan.shapes[read];
  return (
    <section className="layer-source" aria-label={t('explore.source')}>
      <p className="layer-source-name mono">
        {[
          isArchitectureName(layers) ? titleOf(layers) : t('head.own'),
          ...(read ? [read] : []),
          ...(shape ? [shape.slice(1).join(' × ')] : []),
        ].join(' · ')}
      </p>
      <div className="layer-source-ways">
        <IconButton
          size="small"
          label={t('explore.before', { layer: ways.before ?? '–' })}
          shortcut="["
          icon={<ChevronLeft aria-hidden="true" />}
          disabled={ways.before === null}
          onClick={() => ways.before !== null && ways.go(ways.before)}
        />
        {isNamed && <span className="layer-source-node mono">{node}</span>}
        <IconButton
          size="small"
          label={t('explore.behind', { layer: ways.behind ?? '–' })}
          shortcut="]"
          icon={<ChevronRight aria-hidden="true" />}
          disabled={ways.behind === null}
          onClick={() => ways.behind !== null && ways.go(ways.behind)}
        />
        <Button size="small" onClick={ways.toNetwork}>
          {t('explore.toNetwork')}
        </Button>
        <Button size="small" onClick={ways.toPhoto}>
          {t('explore.toPhoto')}
        </Button>
      </div>
      {layer && <PixelWords plan={layer.plan} of="photo" />}
      {layer?.progress != null && (
        <p className="muted small" role="status">
          {t('explore.progress', { share: percent(layer.progress) })}
        </p>
      )}
    </section>
  );
}

/** The layer whose maps are looked at in front of it. */
function readOf(layer: ExploredLayer): NodeId | undefined {
  const runs = layer.plan.graph.nodes.find(({ id }) => id === layer.node);
  return runs ? readAlone(layer.plan, runs)[0] : builtNode(layer)?.inputs[0];
}

/** `[` and `]` anywhere on the screen but in a text. */
function useStepKeys({ before, behind, go }: LayerWays): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const next = event.key === '[' ? before : event.key === ']' ? behind : null;
      const isWriting =
        event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
      if (next === null || isWriting || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      go(next);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [before, behind, go]);
}
