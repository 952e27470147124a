/**
 * A layer's weights: as the network's, drawn by a distribution and a seed of its own, or filters of Explore. Batch norm takes its numbers
 * from the photo.
 */
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../../graph/graph.ts';
import { type LayerFilters, layerFilters, namedFilters, presetBanks } from '../../../../graph/weights/filterState.ts';
import { takesFilters } from '../../../../graph/weights/layerFilters.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import { rulesOf } from '../../../../operators/index.ts';
import { type DrawnDistribution, drawnDistributions } from '../../../../store/network.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { SelectMenu } from '../../../components/SelectMenu.tsx';
import type { LayerEdits } from '../useEdits.ts';
import { channelsRead, ownWeightsOf, useWeightsName, wayOfReading } from './weightsName.ts';

interface WeightsProps {
  readonly node: GraphNode;
  readonly plan: NetworkPlan;
  readonly edits: LayerEdits;
}

type Choice = 'network' | DrawnDistribution | LayerFilters;

const isFilters = (choice: Choice): choice is LayerFilters => layerFilters.some((each) => each === choice);

export function Weights({ node, plan, edits }: WeightsProps) {
  const { id, operator } = node;
  const { t } = useTranslation('network');
  const { filtersName } = useWeightsName();
  const { distribution, seed } = plan.state.weights;
  if (operator.kind === 'batch_norm2d') return <p className="muted">{t('layers.card.statistics')}</p>;
  const isWeighted = rulesOf(operator)
    .parameters(operator)
    .some(({ shape }) => shape.length > 1);
  if (!isWeighted) return null;
  const isFilled = takesFilters(operator);
  const own = ownWeightsOf(node, plan.state.weights);
  const drawing = own && 'seed' in own ? own : null;
  const filters = own && 'filters' in own ? own.filters : null;
  const asOptions = (names: readonly LayerFilters[]) => names.map((value) => ({ value, label: filtersName(value) }));
  const choose = (choice: Choice) => {
    if (choice === 'network') edits.setWeights(id, null);
    else if (isFilters(choice)) edits.setWeights(id, { filters: choice });
    else edits.setWeights(id, { distribution: choice, seed: drawing?.seed ?? seed });
  };
  return (
    <>
      <div className="row-card-line">
        <span aria-hidden="true">{t('layers.card.weights')}</span>
        <span className="row-card-controls">
          <SelectMenu<Choice>
            label={t('layers.card.whose', { node: id })}
            value={filters ?? drawing?.distribution ?? 'network'}
            options={[
              {
                value: 'network',
                label: t('layers.card.ofNetwork', { distribution: t(`head.distributions.${distribution}`), seed }),
              },
              ...drawnDistributions.map((value) => ({ value, label: t(`head.distributions.${value}`) })),
              ...(isFilled
                ? [
                    { group: t('layers.card.filters'), options: asOptions(namedFilters) },
                    { group: t('layers.card.banks'), options: asOptions(presetBanks) },
                  ]
                : []),
            ]}
            onChange={choose}
          />
          {drawing && (
            <NumberField
              name={t('layers.card.seed', { node: id })}
              min={0}
              max={2 ** 32 - 1}
              value={drawing.seed}
              onChange={(next) => edits.setWeights(id, { ...drawing, seed: next })}
            />
          )}
        </span>
      </div>
      {filters && isFilled && (
        <p className="muted">
          {t(`layers.card.read.${wayOfReading(filters, operator)}`, { count: channelsRead(operator) })}
        </p>
      )}
    </>
  );
}
