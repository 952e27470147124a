/**
 * What the Network screen shows: layers as a text (a built-in architecture's name, or a graph written down), those that are switched off,
 * how weights are drawn, and what the network reads. The graph is a function of this (`live/network/`); here it is a text, so that whoever
 * only keeps, undoes or links it needs no operator's rules.
 */
import type { NodeId } from '../graph/graph.ts';
import type { LayerFilters } from '../graph/weights/filterState.ts';

export const drawnDistributions = ['he', 'xavier'] as const;
export type DrawnDistribution = (typeof drawnDistributions)[number];

/** How the weights of a layer are drawn. */
export interface Drawing {
  readonly distribution: DrawnDistribution;
  readonly seed: number;
}

/** What a layer has in place of the network's weights: a drawing of its own, or filters of Explore. */
export type OwnWeights = Drawing | { readonly filters: LayerFilters };

export interface NetworkState {
  /** The name of a built-in architecture or a graph as text. */
  readonly layers: string;
  readonly off: readonly NodeId[];
  readonly weights: Drawing & {
    /** Layers whose weights are others. */
    readonly own: Readonly<Record<NodeId, OwnWeights>>;
  };
  readonly input: {
    /** Longest side of the picture that the network reads, in pixels; null: the first choice for the device. */
    readonly size: number | null;
    /** The whole photo, or the largest square around its centre. */
    readonly crop: 'whole' | 'square';
  };
  /** What makes the network cheaper, as `graph/price/levers.ts` reads it: moved live, and taken into the layers when kept. */
  readonly levers: LeverState;
}

export interface LeverState {
  /** Pixels of the picture's longer side. */
  readonly size: number | null;
  readonly width: number;
  readonly groups: number | null;
  readonly subsampling: { readonly from: number; readonly to: number | null } | null;
}

/** Where one looks in the network; kept and linked, never undone. */
export interface NetworkView {
  /** The layer that is looked at; null: the last. */
  readonly layer: NodeId | null;
  /** The pinned unit: a place on the photo, 0..1 each, and a channel. */
  readonly unit: { readonly channel: number; readonly u: number; readonly v: number };
  /** Blocks that are shown layer by layer, by the beginning of their layers' names; null: as many as stay readable. */
  readonly open: readonly string[] | null;
  /** Which effective field is looked at, as `effectView.ts` writes it; null: the first choice. */
  readonly effect: string | null;
  /** How sizes are drawn in the diagram; null: linear where that can be seen. */
  readonly scale: DiagramScale | null;
}

export const diagramScales = ['linear', 'log'] as const;
export type DiagramScale = (typeof diagramScales)[number];

export const networkSizes = { min: 16, max: 1024 } as const;

export const defaultNetwork: NetworkState = {
  layers: 'stack',
  off: [],
  weights: { distribution: 'he', seed: 11, own: {} },
  input: { size: null, crop: 'whole' },
  levers: { size: null, width: 1, groups: null, subsampling: null },
};

/** The unit of a channel that is silent in no layer of the first network. */
export const defaultNetworkView: NetworkView = {
  layer: null,
  unit: { channel: 8, u: 0.36, v: 0.395 },
  open: null,
  effect: null,
  scale: null,
};
