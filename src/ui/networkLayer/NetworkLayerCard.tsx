/** The card of a layer of the network: its code, its attributes and its weights, which are the network's own: what is changed here is changed there. */
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../graph/graph.ts';
import type { ExploredLayer } from '../../live/networkLayer/exploredLayer.ts';
import { codePieces, codeText } from '../../views/network/table/code.ts';
import { Panel } from '../components/Panel.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { Attributes } from '../network/layers/card/Attributes.tsx';
import { Weights } from '../network/layers/card/Weights.tsx';
import { useEdits } from '../network/layers/useEdits.ts';
import '../network/layers/layers.css';
import { LayerSource } from './LayerSource.tsx';
import { useRefusalWords } from './refusalWords.ts';
import { builtNode, useExploredLayer } from './useExploredLayer.ts';

export function NetworkLayerCard() {
  const { t } = useTranslation();
  const layer = useExploredLayer();
  return (
    <Panel token="weights" title={t('layer.title')} meta={layer?.node ?? ''} className="layer-panel network-layer-card">
      {layer ? <LayerSettings layer={layer} /> : <Skeleton />}
    </Panel>
  );
}

/** The card without its frame, for the phone's sheet. */
export function NetworkLayerControls() {
  const layer = useExploredLayer();
  return (
    <div className="network-layer-card">
      <LayerSource isNamed />
      {layer ? <LayerSettings layer={layer} /> : <Skeleton />}
    </div>
  );
}

function LayerSettings({ layer }: { readonly layer: ExploredLayer }) {
  const words = useRefusalWords();
  const node = builtNode(layer);
  return (
    <div className="layer-settings">
      {layer.refusal && (
        <p className="layer-refusal" role="alert">
          {words(layer.refusal, layer.node)}
        </p>
      )}
      {node && node.operator.kind !== 'input' && <BuiltLayer layer={layer} node={node} />}
    </div>
  );
}

function BuiltLayer({ layer: { plan }, node }: { readonly layer: ExploredLayer; readonly node: GraphNode }) {
  const { t } = useTranslation('network');
  const edits = useEdits(plan);
  const runs = plan.graph.nodes.find(({ id }) => id === node.id);
  const isMoved = runs !== undefined && JSON.stringify(runs.operator) !== JSON.stringify(node.operator);
  return (
    <>
      <p className="layer-settings-code mono">{codeText(codePieces(node))}</p>
      {isMoved && <p className="muted small">{t('explore.levers', { code: codeText(codePieces(runs)) })}</p>}
      <Attributes node={node} plan={plan} edits={edits} />
      <Weights node={node} plan={plan} edits={edits} />
      <p className="muted small">{t('explore.edits')}</p>
    </>
  );
}
