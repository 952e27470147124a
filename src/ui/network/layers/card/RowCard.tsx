/** A row's card: every attribute of its layers, how their weights are drawn, what they read and what else could join them. */
import { Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../../graph/graph.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { codePieces, codeText } from '../../../../views/network/table/code.ts';
import type { TableRow } from '../../../../views/network/table/rows.ts';
import { Button } from '../../../components/Button.tsx';
import { Popover } from '../../../components/Popover.tsx';
import { ExploreButton } from '../../explore/ExploreButton.tsx';
import { Connections } from '../joining/Connections.tsx';
import type { Picking } from '../joining/usePicking.ts';
import type { LayerEdits } from '../useEdits.ts';
import { Attributes } from './Attributes.tsx';
import { Weights } from './Weights.tsx';

interface RowCardProps {
  readonly row: TableRow;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
  readonly isTabStop: boolean;
  /** Null where rows are sorted: there is no order to move them in. */
  readonly onMove: ((step: 1 | -1) => void) | null;
  readonly onDuplicate: () => void;
  readonly onPick: (picking: Picking) => void;
  readonly onAdded: (focus: string) => void;
}

export function RowCard({ row, plan, edits, isTabStop, onMove, onDuplicate, onPick, onAdded }: RowCardProps) {
  const { t } = useTranslation('network');
  const name = t('layers.settings', { layer: row.key });
  const last = row.nodes.at(-1)!;
  return (
    <Popover
      label={name}
      trigger={
        <button type="button" className="network-command" tabIndex={isTabStop ? 0 : -1} aria-label={name} title={name}>
          <Ellipsis aria-hidden="true" />
        </button>
      }
    >
      <div className="row-card">
        <div className="row-card-commands">
          <Button size="small" onClick={onDuplicate}>
            {t('layers.card.duplicate')}
          </Button>
          {onMove && (
            <>
              <Button size="small" onClick={() => onMove(-1)}>
                {t('layers.card.up')}
              </Button>
              <Button size="small" onClick={() => onMove(1)}>
                {t('layers.card.down')}
              </Button>
            </>
          )}
        </div>
        {row.kind === 'layer' &&
          row.nodes.map((node) => <NodeSection key={node.id} node={node} plan={plan} edits={edits} row={row} />)}
        <Connections node={last} plan={plan} edits={edits} onPick={onPick} onAdded={onAdded} />
      </div>
    </Popover>
  );
}

interface NodeSectionProps {
  readonly node: GraphNode;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
  readonly row: Extract<TableRow, { readonly kind: 'layer' }>;
}

function NodeSection({ node, plan, edits, row }: NodeSectionProps) {
  const { t } = useTranslation('network');
  const isOff = row.off.has(node.id);
  const isOneOfMany = row.nodes.length > 1;
  return (
    <section className="row-card-node" aria-label={node.id}>
      <h3 className="mono">
        {node.id} <span className="muted">{codeText(codePieces(node))}</span>
      </h3>
      <ExploreButton plan={plan} layer={node.id} />
      {isOneOfMany && (
        <div className="row-card-commands">
          <Button size="small" onClick={() => edits.switchOff([node.id], !isOff)}>
            {t(isOff ? 'layers.switchOn' : 'layers.switchOff', { layer: node.id })}
          </Button>
          <Button size="small" onClick={() => edits.remove(new Set([node.id]))}>
            {t('layers.remove', { layer: node.id })}
          </Button>
        </div>
      )}
      <Attributes node={node} plan={plan} edits={edits} />
      <Weights node={node} plan={plan} edits={edits} />
    </section>
  );
}
