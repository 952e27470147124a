/** From layer to layer at one place of the photo: the unit that a person started from is where they come back to. */
import { useRef } from 'react';
import { type Place, placementOf, placeOf, stepLayer } from '../../../graph/field/mainPath.ts';
import { layerEnds, type NetworkPlan } from '../../../live/network/networkPlan.ts';
import { pictureNode } from '../../../live/network/nodes.ts';
import { useSession } from '../../session.tsx';
import { type LayerUnit, pinnedUnit, usePin, usePlan } from '../network.tsx';

export type Direction = 1 | -1;

export function useLayerSteps(): (direction: Direction) => void {
  const { workspace } = useSession();
  const plan = usePlan();
  const pin = usePin();
  const started = useRef<{ readonly from: LayerUnit; readonly place: Place } | null>(null);
  return (direction) => {
    if (!plan) return;
    const unit = pinnedUnit(plan, workspace.getState().workspace.view.network);
    const place = isSame(started.current?.from, unit)
      ? started.current!.place
      : placeOf(placementOf(plan.graph, plan.shapes, unit.layer), unit);
    const next = stationFrom(plan, unit, place, direction);
    if (!next) return;
    started.current = { from: next, place };
    pin(next);
  };
}

/** The next layer whose maps can be looked at; null at both ends. */
function stationFrom(
  { graph, shapes }: NetworkPlan,
  { layer, channel }: LayerUnit,
  place: Place,
  direction: Direction,
): LayerUnit | null {
  const ends = new Set(layerEnds(graph));
  let step = stepLayer(graph, shapes, layer, place, direction);
  while (step && step.id !== pictureNode && !ends.has(step.id)) {
    step = stepLayer(graph, shapes, step.id, place, direction);
  }
  if (!step || step.id === pictureNode) return null;
  const [, channels] = shapes[step.id]!;
  return { layer: step.id, channel: Math.min(channel, channels - 1), y: step.unit.y, x: step.unit.x };
}

function isSame(a: LayerUnit | undefined, b: LayerUnit): boolean {
  return a !== undefined && a.layer === b.layer && a.y === b.y && a.x === b.x;
}
