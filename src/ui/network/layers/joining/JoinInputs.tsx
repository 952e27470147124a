/** What a join reads, each input to be taken from elsewhere or cut. One that does not fit is taken: often two have to move one after the other. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../../graph/graph.ts';
import { inputFits, reconnect, removeJoinInput } from '../../../../graph/network/joins.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { IconButton } from '../../../components/Button.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import type { LayerEdits } from '../useEdits.ts';
import { useSources } from './sources.ts';

interface JoinInputsProps {
  readonly node: GraphNode;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
}

export function JoinInputs({ node, plan, edits }: JoinInputsProps) {
  const { t } = useTranslation('network');
  const sources = useSources(plan, node.id);
  return node.inputs.map((input, index) => (
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
          options={sources(inputFits(plan.whole, plan.base.shapes, node.id, index))}
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
  ));
}
