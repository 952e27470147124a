/** The layers that a connection may come from, as a menu's two groups: those that fit, and those that say why not when they are chosen. */
import { useTranslation } from 'react-i18next';
import type { NodeId } from '../../../../graph/graph.ts';
import { descendantsOf } from '../../../../graph/network/order.ts';
import type { NetworkPlan } from '../../../../live/network/networkPlan.ts';
import type { SelectMenuProps } from '../../../components/SelectMenu.tsx';

export function useSources(plan: NetworkPlan, node: NodeId) {
  const { t } = useTranslation('network');
  const { shapes } = plan.base;
  const later = descendantsOf(plan.whole, node);
  const sources = plan.whole.nodes
    .filter(({ id }) => id !== node && !later.has(id))
    .map(({ id }) => ({ value: id, label: `${id} · ${shapes[id]?.slice(1).join(' × ') ?? '–'}` }))
    .reverse();
  return (fits: (from: NodeId) => boolean): SelectMenuProps<NodeId>['options'] => {
    const options = [true, false].map((wanted) => sources.filter(({ value }) => fits(value) === wanted));
    return (['fitting', 'unfit'] as const).flatMap((group, i) => {
      const inside = options[i] ?? [];
      return inside.length > 0 ? [{ group: t(`layers.card.${group}`), options: inside }] : [];
    });
  };
}
