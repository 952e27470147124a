/** What the person points at: transient, never saved, one per workspace. */
import type { StoreApi } from 'zustand/vanilla';

/** A unit of the layer's output: map, row, column. */
export interface Unit {
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

export type Hover =
  | { readonly on: 'map'; readonly unit: Unit }
  /** A pixel of the working picture. */
  | { readonly on: 'photo'; readonly y: number; readonly x: number }
  /** One weight: filter, channel slice, row, column of the kernel. */
  | { readonly on: 'weight'; readonly filter: number; readonly slice: number; readonly y: number; readonly x: number }
  /** A term of the cost formula, which lights what it counts. */
  | { readonly on: 'term'; readonly term: 'C' | 'H' | 'W' | 'K' | 'N' }
  | null;

export interface Playback {
  readonly playing: boolean;
  /** Index of the window's output position in reading order, or null when the whole map is shown. */
  readonly position: number | null;
  /** Positions per second. */
  readonly speed: number;
}

export interface PointerState {
  readonly hover: Hover;
  /** The clicked unit; null until the first output exists. */
  readonly pin: Unit | null;
  readonly playback: Playback;
}

export type PointerStore = StoreApi<PointerState>;
