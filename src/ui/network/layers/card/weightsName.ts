/** What a layer's own weights are called, on its card and in its row. */
import { useTranslation } from 'react-i18next';
import type { GraphNode } from '../../../../graph/graph.ts';
import { type LayerFilters, learnedBanks, presetBanks } from '../../../../graph/weights/filterState.ts';
import { type FilteredOperator, takesFilters } from '../../../../graph/weights/layerFilters.ts';
import type { NetworkState, OwnWeights } from '../../../../store/network.ts';

type Bank = (typeof presetBanks)[number];
const isBank = (filters: LayerFilters): filters is Bank => presetBanks.some((bank) => bank === filters);

export function useWeightsName() {
  const { t } = useTranslation();
  const { t: word } = useTranslation('network');
  const filtersName = (filters: LayerFilters): string =>
    isBank(filters) ? t(`kernels.bank.${filters}`) : t(`kernels.name.${filters}`);
  const weightsName = (own: OwnWeights): string =>
    'filters' in own
      ? filtersName(own.filters)
      : word('layers.drawn', { distribution: word(`head.distributions.${own.distribution}`), seed: own.seed });
  return { filtersName, weightsName };
}

/** How many channels one filter reads. */
export function channelsRead(operator: FilteredOperator): number {
  return operator.inChannels / ('groups' in operator ? operator.groups : 1);
}

/** How a filter treats the channels that it reads: its own one, all alike, or as the colours of a photo. */
export function wayOfReading(filters: LayerFilters, operator: FilteredOperator): 'own' | 'shared' | 'colours' {
  const count = channelsRead(operator);
  const hasColours = filters === 'opponent' || learnedBanks.some((bank) => bank === filters);
  if (count === 3 && hasColours) return 'colours';
  return count === 1 ? 'own' : 'shared';
}

/** What a node has in place of the network's weights; null where it has none, or filters of a kernel that it had before. */
export function ownWeightsOf({ id, operator }: GraphNode, { own }: NetworkState['weights']): OwnWeights | null {
  const given = own[id];
  return given && (takesFilters(operator) || !('filters' in given)) ? given : null;
}
