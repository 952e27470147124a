/** Opens a layer of the network in Explore, at the unit that is pinned here. */
import type { NodeId } from '../../../graph/graph.ts';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { type LayerRefusal, refusalOf } from '../../../live/networkLayer/exploredLayer.ts';
import { useRefusalWords } from '../../networkLayer/refusalWords.ts';
import { useSession } from '../../session.tsx';
import { say } from '../../shell/messages.ts';
import { pinnedUnit } from '../network.tsx';

export interface Exploring {
  /** Null where it can be opened. */
  refusal(layer: NodeId): LayerRefusal | null;
  open(layer: NodeId): void;
  /** The first of these layers that can be opened; why none can is said. */
  openFirst(layers: readonly NodeId[]): void;
}

export function useExplore(plan: NetworkPlan): Exploring {
  const words = useRefusalWords();
  const { workspace } = useSession();
  const open = (layer: NodeId) => {
    const { exploreNetwork, setView, workspace: now } = workspace.getState();
    const { channel, y, x } = pinnedUnit(plan, { ...now.view.network, layer });
    exploreNetwork(layer);
    setView({ screen: 'explore', opened: null, pin: { channel, y, x } });
  };
  return {
    refusal: (layer) => refusalOf(plan, layer),
    open,
    openFirst(layers) {
      const layer = layers.find((id) => refusalOf(plan, id) === null);
      if (layer !== undefined) return open(layer);
      const [first] = layers;
      const refusal = first === undefined ? null : refusalOf(plan, first);
      if (refusal && first !== undefined) say(words(refusal, first));
    },
  };
}
