/** The running network as React sees it, which layer is looked at, and what the pointer is on. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NodeId } from '../../graph/graph.ts';
import type { NetworkDesk, NetworkResults } from '../../live/network/networkDesk.ts';
import type { NetworkPlan } from '../../live/network/networkPlan.ts';
import type { Shape } from '../../operators/operator.ts';
import type { NetworkView } from '../../store/network.ts';
import { useSession, useWorkspace } from '../session.tsx';

/** A place of a layer's maps: rows and columns are those of its maps. */
export interface LayerUnit {
  readonly layer: NodeId;
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

export interface Looking {
  /** The unit under the pointer, of any layer; null: the pinned one is shown. */
  readonly hover: LayerUnit | null;
}

interface Network {
  readonly desk: NetworkDesk;
  readonly looking: StoreApi<Looking>;
}

export const createNetworkContext = (desk: NetworkDesk): Network => ({
  desk,
  looking: createStore<Looking>(() => ({ hover: null })),
});

const NetworkContext = createContext<Network | null>(null);
export const NetworkProvider = NetworkContext.Provider;

export function useNetworkContext(): Network {
  const network = useContext(NetworkContext);
  if (!network) throw new Error('useNetwork outside of NetworkProvider');
  return network;
}

export function useNetwork<T>(select: (state: NetworkResults) => T): T {
  return useStore(useNetworkContext().desk.results, select);
}

export function usePlan(): NetworkPlan | null {
  return useNetwork((state) => state.plan);
}

export function useLooking<T>(select: (state: Looking) => T): T {
  return useStore(useNetworkContext().looking, select);
}

/** The layer that is looked at: the chosen one as long as there is one of that name, else the last. */
export function lookedLayer({ graph, shapes }: NetworkPlan, { layer }: NetworkView): NodeId {
  return layer !== null && shapes[layer] ? layer : graph.nodes.at(-1)!.id;
}

/** Null until there is a plan. */
export function useLookedLayer(): NodeId | null {
  const plan = usePlan();
  const view = useWorkspace((state) => state.workspace.view.network);
  return plan && lookedLayer(plan, view);
}

/** The pinned place as a unit of the layer that is looked at. */
export function pinnedUnit(plan: NetworkPlan, view: NetworkView): LayerUnit {
  const layer = lookedLayer(plan, view);
  const [, channels, height, width] = plan.shapes[layer]!;
  const { channel, u, v } = view.unit;
  return {
    layer,
    channel: Math.min(channel, channels - 1),
    y: Math.min(height - 1, Math.floor(v * height)),
    x: Math.min(width - 1, Math.floor(u * width)),
  };
}

/** The middle of a unit of maps of this shape, as a part of them. */
export function placeOf({ channel, y, x }: Omit<LayerUnit, 'layer'>, [, , height, width]: Shape): NetworkView['unit'] {
  return { channel, u: (x + 0.5) / width, v: (y + 0.5) / height };
}

/** The unit that is shown on the photo and in all layers: the one under the pointer, else the pinned one. */
export function useShownUnit(): LayerUnit | null {
  const plan = usePlan();
  const view = useWorkspace((state) => state.workspace.view.network);
  const hover = useLooking((state) => state.hover);
  if (!plan) return null;
  const shape = hover && plan.shapes[hover.layer];
  return hover && shape ? inside(hover, shape) : pinnedUnit(plan, view);
}

/** The unit under the pointer may be of maps that stood there before. */
function inside({ layer, channel, y, x }: LayerUnit, [, channels, height, width]: Shape): LayerUnit {
  const within = (at: number, count: number) => Math.min(at, count - 1);
  return { layer, channel: within(channel, channels), y: within(y, height), x: within(x, width) };
}

/** Changes where one looks. */
export function useLook(): (change: Partial<NetworkView>) => void {
  const { workspace } = useSession();
  return (change) => {
    const { setView, workspace: now } = workspace.getState();
    setView({ network: { ...now.view.network, ...change } });
  };
}

/** Pins a unit: its layer is looked at, and its place on the photo kept for every other layer. */
export function usePin(): (unit: LayerUnit) => void {
  const look = useLook();
  const plan = usePlan();
  return (unit) => {
    const shape = plan?.shapes[unit.layer];
    if (shape) look({ layer: unit.layer, unit: placeOf(unit, shape) });
  };
}
