/**
 * What a person has chosen: the one serialisable slice. A reload, a share link, a `.convscope` file and undo restore exactly this;
 * everything else is derived from it or transient. Large things (photos, painting, edited filters) are named by content hash and
 * stand in the blob store.
 */
import type { Graph, NodeId } from '../graph/graph.ts';
import type { ChannelChoice, ValueRange } from '../graph/input.ts';
import type { WeightsState } from '../graph/weights/filterState.ts';
import type { CompareState } from './compare.ts';
import type { KindState } from './kind.ts';
import type { NetworkState, NetworkView } from './network.ts';
import type { Unread } from './unread.ts';

export const workspaceVersion = 1;

/** Content hash (SHA-256, hex) of bytes in the blob store. */
export type BlobHash = string;

export type PhotoSource =
  /** One of the samples in `public/samples/`, by file name without ending. */
  | { readonly kind: 'sample'; readonly name: string }
  /** A file's own bytes (PNG, JPEG, ...), kept in the blob store. */
  | { readonly kind: 'file'; readonly hash: BlobHash; readonly name: string };

export { type ChannelChoice, channelChoices, type ValueRange, valueRanges } from '../graph/input.ts';

export interface InputState {
  readonly photo: PhotoSource;
  /** Longest side in pixels of the tensor; null: the first choice for the device. Never more than the photo's own. */
  readonly workingSize: number | null;
  readonly channels: ChannelChoice;
  readonly range: ValueRange;
  /** What shows through transparency, '#rrggbb'. */
  readonly ground: string;
  /** RGBA bytes of width x height painted over the working picture, or null. */
  readonly painting: { readonly hash: BlobHash; readonly width: number; readonly height: number } | null;
}

export const colourMaps = ['auto', 'rdbu', 'viridis', 'cividis', 'grey'] as const;
export type ColourMapChoice = (typeof colourMaps)[number];

export const sortOrders = ['index', 'energy', 'sparsity'] as const;
export type SortOrder = (typeof sortOrders)[number];

export const screens = ['explore', 'compare', 'network', 'channels', 'train', 'learn'] as const;
export type ScreenName = (typeof screens)[number];

export const comparedRanges = ['per-map', 'per-column', 'shared'] as const;
export type ComparedRange = (typeof comparedRanges)[number];

/** A place on the photo, 0..1 each, and an output channel: every column shows the unit that it has there. */
export interface ComparedUnit {
  readonly channel: number;
  readonly u: number;
  readonly v: number;
}

export interface ViewState {
  readonly screen: ScreenName;
  /** 'auto': diverging where values can be negative, viridis otherwise. */
  readonly colourMap: ColourMapChoice;
  readonly range: 'per-map' | 'per-layer' | 'fixed';
  /** Ends of the colour map when `range` is 'fixed'. */
  readonly fixed: readonly [lo: number, hi: number];
  readonly percentiles: boolean;
  /** Which maps of a comparison share the ends of the colour map: each by itself, those of a column, or all of all columns. */
  readonly comparedRange: ComparedRange;
  /** The unit that is pinned in all columns of a comparison. */
  readonly comparedUnit: ComparedUnit;
  readonly sort: SortOrder;
  /** Width of a map in the grid, CSS pixels. */
  readonly tileWidth: number;
  /** The part of every picture that is shown, in units of its width and height: scale 1 at (0, 0) is the whole. */
  readonly zoom: { readonly scale: number; readonly x: number; readonly y: number };
  /** The output channel that is open full size, or null. */
  readonly opened: number | null;
  /** The filter (output channel) that the kernel editor shows. */
  readonly filter: number;
  /** The pinned unit where it stood last, for reloads and links; while the page lives, `pointer.ts` has it. */
  readonly pin: { readonly channel: number; readonly y: number; readonly x: number } | null;
  readonly network: NetworkView;
  /** Where one looks on the late screens: `channels.ts`, `train.ts`, `learn.ts`. */
  readonly channels: Unread;
  readonly train: Unread;
  readonly learn: Unread;
}

export interface Workspace {
  readonly version: typeof workspaceVersion;
  readonly input: InputState;
  /** input → conv2d → activation. */
  readonly graph: Graph;
  readonly weights: Readonly<Record<NodeId, WeightsState>>;
  /** The convolution that Explore looks at. */
  readonly focus: NodeId;
  /** The layer of another kind that Explore looks at instead, or null. */
  readonly kind: KindState | null;
  /** The layer of the network that Explore looks at instead of both, or null. */
  readonly networkLayer: NodeId | null;
  /** What the Compare screen shows, beside the photo. */
  readonly compare: CompareState;
  /** What the Network screen shows, beside the photo. */
  readonly network: NetworkState;
  /** What the Channels screen shows (`channels.ts`), and what the Train screen trains (`train.ts`). */
  readonly channels: Unread;
  readonly train: Unread;
  readonly view: ViewState;
}
