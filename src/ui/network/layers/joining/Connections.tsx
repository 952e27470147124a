/**
 * What a join reads, and skip connections: the maps of another layer added to those of this one or put behind them. What cannot be joined is
 * not made; why not is said here, in PyTorch's words, with both shapes.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Graph, GraphNode, NodeId } from '../../../../graph/graph.ts';
import { branchFrom, type JoinName, type JoinRefusal, joinRefusals } from '../../../../graph/network/joins.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { Button } from '../../../components/Button.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import { ErrorWords } from '../ErrorWords.tsx';
import type { LayerEdits } from '../useEdits.ts';
import { JoinInputs } from './JoinInputs.tsx';
import { RefusedJoin } from './RefusedJoin.tsx';
import { useSources } from './sources.ts';
import type { Picking } from './usePicking.ts';

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
  const [refused, setRefused] = useState<{ readonly refusal: JoinRefusal; readonly whole: Graph } | null>(null);
  const sources = useSources(plan, node.id);
  const refusalOf = joinRefusals(plan.whole, plan.base.shapes, node.id, join);
  const state = plan.states[node.id];
  const connect = (from: NodeId) => {
    const refusal = refusalOf(from);
    setRefused(refusal && { refusal, whole: plan.whole });
    if (refusal) return;
    const focus = edits.change((graph) => branchFrom(graph, from, node.id, join));
    if (focus !== null) onAdded(focus);
  };
  return (
    <section className="row-card-node" aria-label={t('layers.card.connections')}>
      <h3>{t('layers.card.connections')}</h3>
      {node.inputs.length > 1 && <JoinInputs {...{ node, plan, edits }} />}
      {node.inputs.length > 1 && state?.state === 'error' && (
        <p className="refused-join" role="status">
          <ErrorWords state={state} />
        </p>
      )}
      <div className="row-card-line">
        <span aria-hidden="true">{t('layers.card.join')}</span>
        <SegmentedControl
          label={t('layers.card.join')}
          value={join}
          options={(['add', 'concat'] as const).map((value) => ({ value, label: t(`layers.card.${value}`) }))}
          onChange={(next) => {
            setJoin(next);
            setRefused(null);
          }}
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
            options={sources((from) => refusalOf(from) === null)}
            onChange={connect}
          />
          <Button
            size="small"
            onClick={({ currentTarget }) => {
              // The rows are what is chosen from now: the card that hangs over them goes.
              currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
              onPick({ to: node.id, join });
            }}
          >
            {t('layers.card.pick')}
          </Button>
        </span>
      </div>
      {refused?.whole === plan.whole && <RefusedJoin refusal={refused.refusal} onDismiss={() => setRefused(null)} />}
    </section>
  );
}
