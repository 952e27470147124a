/** The layer of the network that Explore looks at, and the ways to another one, to the Network screen, and back to the photo. */
import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import type { GraphNode, NodeId } from '../../graph/graph.ts';
import { type ExploredLayer, layerBeside } from '../../live/networkLayer/exploredLayer.ts';
import { placeOf } from '../network/network.tsx';
import { useSession, useWorkspace } from '../session.tsx';

/** Null until there is a photo and a plan of the network on it. */
export function useExploredLayer(): ExploredLayer | null {
  return useStore(useSession().layer);
}

/** The layer as it was built, without levers; null where the network has none of that name. */
export function builtNode({ plan, node }: ExploredLayer): GraphNode | null {
  return plan.whole.nodes.find(({ id }) => id === node) ?? null;
}

export interface LayerWays {
  readonly before: NodeId | null;
  readonly behind: NodeId | null;
  go(layer: NodeId): void;
  /** Takes the pinned unit along. */
  toNetwork(): void;
  toPhoto(): void;
}

export function useLayerWays(): LayerWays {
  const { workspace, pointer } = useSession();
  const layer = useExploredLayer();
  const node = useWorkspace((state) => state.workspace.networkLayer);
  const plan = layer?.plan ?? null;
  const [before, behind] = useMemo(
    () => (plan && node !== null ? [layerBeside(plan, node, -1), layerBeside(plan, node, 1)] : [null, null]),
    [plan, node],
  );
  const go = useCallback((next: NodeId) => workspace.getState().exploreNetwork(next), [workspace]);
  return {
    ...{ before, behind, go },
    toNetwork() {
      const { setView, workspace: now } = workspace.getState();
      const { pin } = pointer.getState();
      const shape = node !== null && plan?.shapes[node];
      const unit = pin && shape ? placeOf(pin, shape) : now.view.network.unit;
      setView({ screen: 'network', network: { ...now.view.network, layer: node, unit } });
    },
    toPhoto: () => workspace.getState().exploreNetwork(null),
  };
}
