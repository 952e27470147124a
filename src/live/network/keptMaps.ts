/** The maps of a network that are kept for being looked at: which ones, those that are shown, and when each is given back. */
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { MapCache } from './compute.ts';
import { layerEnds, type NetworkPlan } from './networkPlan.ts';
import { pictureNode } from './nodes.ts';

export interface Keeping {
  readonly kept: ReadonlySet<NodeId>;
  /** Layers whose maps are over the limit. */
  readonly left: ReadonlySet<NodeId>;
}

/** The layer that is looked at first (null: the last), then the smallest maps, as many as fit into `limit` bytes. */
export function keepingOf({ graph, shapes }: NetworkPlan, looked: NodeId | null, limit: number): Keeping {
  const bytes = (id: NodeId) => 4 * shapes[id]!.reduce((a, b) => a * b);
  const ends = layerEnds(graph);
  const first = looked !== null && looked !== pictureNode && shapes[looked] ? [looked] : ends.slice(-1);
  const others = ends.filter((id) => !first.includes(id)).sort((a, b) => bytes(a) - bytes(b));
  const kept = new Set(first);
  let room = limit - first.reduce((sum, id) => sum + bytes(id), 0);
  for (const id of others) {
    room -= bytes(id);
    if (room < 0) break;
    kept.add(id);
  }
  return { kept, left: new Set(ends.filter((id) => !kept.has(id))) };
}

/** The maps of the layers that are kept. Those of nodes outside `current` are of an earlier state and stay until theirs come. */
export interface ShownMaps {
  readonly maps: Readonly<Record<NodeId, Tensor>>;
  readonly current: ReadonlySet<NodeId>;
}

export const noMaps: ShownMaps = { maps: {}, current: new Set() };

/** Where they are shown. */
export interface Screen {
  shown(): ShownMaps;
  show(next: ShownMaps): void;
}

export interface KeptMaps {
  /** Of the present engine; another object for another engine. */
  readonly cache: MapCache;
  /** Turns to an engine: the maps of one that is gone went with it. */
  take(engine: Engine): void;
  /** Shows what is there; of nodes that are still to come the maps from before, until all have come. */
  show(plan: NetworkPlan, kept: ReadonlySet<NodeId>, isComplete: boolean): void;
  /** Gives back what neither the present network nor the screen needs, of computations too that were stopped on their way. */
  sweep(plan: NetworkPlan, kept: ReadonlySet<NodeId>): void;
  /** Gives all maps back. */
  letGo(): void;
  /** The same, unless the engine is another one by now. */
  free(present: Engine | null): void;
}

export function createKeptMaps(screen: Screen): KeptMaps {
  let cache: MapCache = { maps: new Map(), norms: new Map() };
  let owner: Engine | null = null;
  /** Maps of earlier networks that the screen still shows. */
  const stale = new Set<Tensor>();

  function letGo(): void {
    screen.show(noMaps);
    for (const tensor of [...cache.maps.values(), ...stale]) tensor.free();
    cache.maps.clear();
    stale.clear();
  }

  return {
    get cache() {
      return cache;
    },
    take(engine) {
      if (owner === engine) return;
      cache = { maps: new Map(), norms: new Map() };
      stale.clear();
      owner = engine;
      screen.show(noMaps);
    },
    show({ signatures, graph }, kept, isComplete) {
      const former = screen.shown().maps;
      const maps: Record<NodeId, Tensor> = {};
      const current = new Set<NodeId>();
      for (const { id } of graph.nodes) {
        const tensor = cache.maps.get(signatures[id]!);
        if (tensor) {
          maps[id] = tensor;
          current.add(id);
        } else if (!isComplete && kept.has(id) && former[id]) maps[id] = former[id];
      }
      screen.show({ maps, current });
    },
    sweep({ signatures }, kept) {
      const needed = new Set([...kept].map((id) => signatures[id]!));
      const shown = new Set(Object.values(screen.shown().maps));
      for (const [signature, tensor] of cache.maps) {
        if (needed.has(signature)) continue;
        cache.maps.delete(signature);
        // What is shown in the place of maps that are still to come goes when they have come.
        if (shown.has(tensor)) stale.add(tensor);
        else tensor.free();
      }
      for (const tensor of stale) {
        if (shown.has(tensor)) continue;
        tensor.free();
        stale.delete(tensor);
      }
      const present = new Set(Object.values(signatures));
      for (const signature of cache.norms.keys()) if (!present.has(signature)) cache.norms.delete(signature);
    },
    letGo,
    free: (present) => {
      if (owner === present) letGo();
    },
  };
}
