/**
 * What a join reads, and skip connections: the maps of another layer added to those of this one or put behind them. What cannot be joined is
 * not made; why not is said in PyTorch's words, with both shapes.
 */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GraphNode, NodeId } from '../../../../graph/graph.ts';
import { branchFrom, type JoinName, joinError, reconnect, removeJoinInput } from '../../../../graph/network/joins.ts';
import { descendantsOf } from '../../../../graph/network/order.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { Button, IconButton } from '../../../components/Button.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import type { LayerEdits } from '../useEdits.ts';

/** A skip connection whose source is still to be clicked. */
export interface Picking {
  readonly to: NodeId;
  readonly join: JoinName;
}

/** The node that the join is, or null where it was refused, which is said. */
export function skip(plan: NetworkPlan, edits: LayerEdits, from: NodeId, { to, join }: Picking): NodeId | null {
  const shapes = [plan.shapes[to], plan.shapes[from]].filter((shape) => shape !== undefined);
  return edits.change((graph) => {
    const error = shapes.length === 2 ? joinError(join, shapes) : null;
    return error ? { ok: false, error } : branchFrom(graph, from, to, join);
  });
}

interface ConnectionsProps {
  readonly node: GraphNode;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
  readonly onPick: (picking: Picking) => void;
  readonly onAdded: (focus: NodeId) => void;
}

export function Connections({ node, plan, edits, onPick, onAdded }: ConnectionsProps) {
  const { t } = useTranslation('network');
  const [join, setJoin] = useState<JoinName>('add');
  const later = descendantsOf(plan.whole, node.id);
  const shapeText = (id: NodeId) => plan.shapes[id]?.slice(1).join(' × ') ?? '–';
  const sources = plan.whole.nodes
    .filter(({ id }) => id !== node.id && !later.has(id))
    .map(({ id }) => ({ value: id, label: `${id} · ${shapeText(id)}` }))
    .reverse();
  return (
    <section className="row-card-node" aria-label={t('layers.card.connections')}>
      <h3>{t('layers.card.connections')}</h3>
      {node.inputs.length > 1 &&
        node.inputs.map((input, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an input of a join is its place
          <div key={index} className="row-card-line">
            <span aria-hidden="true">
              {t('layers.card.reads')} {index}
            </span>
            <span className="row-card-controls">
              <SelectMenu
                label={t('layers.card.input', { index, node: node.id })}
                mono
                value={input}
                options={sources}
                onChange={(from) => edits.change((graph) => reconnect(graph, node.id, index, from))}
              />
              <IconButton
                size="small"
                label={t('layers.card.cut', { index, node: node.id })}
                icon={<X aria-hidden="true" />}
                onClick={() =>
                  edits.change((graph) => ({
                    ok: true,
                    value: { graph: removeJoinInput(graph, node.id, index), focus: node.id },
                  }))
                }
              />
            </span>
          </div>
        ))}
      <div className="row-card-line">
        <span aria-hidden="true">{t('layers.card.join')}</span>
        <SegmentedControl
          label={t('layers.card.join')}
          value={join}
          options={(['add', 'concat'] as const).map((value) => ({ value, label: t(`layers.card.${value}`) }))}
          onChange={setJoin}
        />
      </div>
      <div className="row-card-line">
        <span aria-hidden="true">{t('layers.card.skip')}</span>
        <span className="row-card-controls">
          <SelectMenu
            label={t('layers.card.skip')}
            mono
            value={null}
            placeholder={t('layers.card.choose')}
            options={sources}
            onChange={(from) => {
              const focus = skip(plan, edits, from, { to: node.id, join });
              if (focus !== null) onAdded(focus);
            }}
          />
          <Button size="small" onClick={() => onPick({ to: node.id, join })}>
            {t('layers.card.pick')}
          </Button>
        </span>
      </div>
    </section>
  );
}
