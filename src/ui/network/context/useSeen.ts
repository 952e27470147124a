/** What the shown unit reads of the photo and of every layer on the way, exactly. */
import { useMemo } from 'react';
import { mainPath, type Place, placementOf, unitNear } from '../../../graph/field/mainPath.ts';
import { type NodeField, type UnitField, unitField } from '../../../graph/field/unitField.ts';
import type { NodeId } from '../../../graph/graph.ts';
import { layerEnds, type NetworkPlan } from '../../../live/network/networkPlan.ts';
import { pictureNode } from '../../../live/network/nodes.ts';
import { type LayerUnit, useLookedLayer, usePlan, useShownUnit } from '../network.tsx';

export interface Seen {
  readonly plan: NetworkPlan;
  readonly unit: LayerUnit;
  readonly field: UnitField;
  /** Of the photo; null where the unit reads nothing of it. */
  readonly photo: NodeField | null;
}

/** Null until there is a plan. */
export function useSeen(): Seen | null {
  const plan = usePlan();
  const unit = useShownUnit();
  const [layer, channel, y, x] = [unit?.layer, unit?.channel, unit?.y, unit?.x];
  return useMemo(() => {
    if (!plan || layer === undefined || channel === undefined || y === undefined || x === undefined) return null;
    const field = unitField(plan.graph, plan.shapes, layer, { y, x, channel });
    return { plan, unit: { layer, channel, y, x }, field, photo: field.nodes[pictureNode] ?? null };
  }, [plan, layer, channel, y, x]);
}

/** The unit of the layer that is looked at that stands nearest to a place of the photo, of the channel that is shown. */
export function useUnitNear(): (place: Place, channel: number) => LayerUnit | null {
  const plan = usePlan();
  const layer = useLookedLayer();
  const placement = useMemo(
    () => (plan && layer !== null ? placementOf(plan.graph, plan.shapes, layer) : null),
    [plan, layer],
  );
  return (place, channel) => {
    if (!plan || layer === null || !placement) return null;
    const { y, x } = unitNear(placement, plan.shapes[layer]!, place);
    return { layer, channel, y, x };
  };
}

/** The layers on the main path to a layer whose maps can be looked at: a convolution with what is computed as it stores counts once. */
export function stationsTo({ graph, shapes }: NetworkPlan, layer: NodeId): readonly NodeId[] {
  const ends = new Set(layerEnds(graph));
  return mainPath(graph, shapes, layer)
    .map(({ id }) => id)
    .filter((id) => ends.has(id) || (id === layer && id !== pictureNode));
}
