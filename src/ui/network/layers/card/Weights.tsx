/** How a layer's weights are drawn: as the network's, or by a distribution and a seed of its own. Batch norm takes its numbers from the photo. */
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../../graph/graph.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { rulesOf } from '../../../../operators/index.ts';
import { type DrawnDistribution, drawnDistributions } from '../../../../store/network.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import type { LayerEdits } from '../useEdits.ts';

interface WeightsProps {
  readonly node: GraphNode;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
}

export function Weights({ node: { id, operator }, plan, edits }: WeightsProps) {
  const { t } = useTranslation('network');
  const { own, distribution, seed } = plan.state.weights;
  if (operator.kind === 'batch_norm2d') return <p className="muted">{t('layers.card.statistics')}</p>;
  const isDrawn = rulesOf(operator)
    .parameters(operator)
    .some(({ shape }) => shape.length > 1);
  if (!isDrawn) return null;
  const drawing = own[id] ?? null;
  return (
    <div className="row-card-line">
      <span aria-hidden="true">{t('layers.card.weights')}</span>
      <span className="row-card-controls">
        <SelectMenu<DrawnDistribution | 'network'>
          label={t('layers.card.whose', { node: id })}
          value={drawing?.distribution ?? 'network'}
          options={[
            {
              value: 'network',
              label: t('layers.card.ofNetwork', { distribution: t(`head.distributions.${distribution}`), seed }),
            },
            ...drawnDistributions.map((value) => ({ value, label: t(`head.distributions.${value}`) })),
          ]}
          onChange={(value) =>
            edits.draw(id, value === 'network' ? null : { distribution: value, seed: drawing?.seed ?? seed })
          }
        />
        {drawing && (
          <NumberField
            name={t('layers.card.seed', { node: id })}
            min={0}
            max={2 ** 32 - 1}
            value={drawing.seed}
            onChange={(next) => edits.draw(id, { ...drawing, seed: next })}
          />
        )}
      </span>
    </div>
  );
}
