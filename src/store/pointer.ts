/** What the person points at, and the functions that move it: transient, never saved, one per workspace. */
import { createStore, type StoreApi } from 'zustand/vanilla';

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

/** Positions per second that the window may run at. */
export const playbackSpeeds = { min: 1, first: 30, max: 2000 } as const;

export function createPointerStore(): PointerStore {
  return createStore<PointerState>()(() => ({
    hover: null,
    pin: null,
    playback: { playing: false, position: null, speed: playbackSpeeds.first },
  }));
}

export function setHover(pointer: PointerStore, hover: Hover): void {
  const { hover: former } = pointer.getState();
  // The pointer moves many times within one pixel: nobody needs to hear of it again.
  if (hover !== former && JSON.stringify(hover) !== JSON.stringify(former)) pointer.setState({ hover });
}

export function pinUnit(pointer: PointerStore, unit: Unit): void {
  pointer.setState({ pin: unit });
}

export function clearPin(pointer: PointerStore): void {
  pointer.setState({ pin: null });
}

/** Runs the window on from where it stands, or from the first position. */
export function play(pointer: PointerStore): void {
  const { playback } = pointer.getState();
  pointer.setState({ playback: { ...playback, playing: true, position: playback.position ?? 0 } });
}

export function pause(pointer: PointerStore): void {
  pointer.setState({ playback: { ...pointer.getState().playback, playing: false } });
}

/** Puts the window at an output position in reading order and stops it there; null shows the whole map. */
export function scrub(pointer: PointerStore, position: number | null): void {
  const at = position === null ? null : Math.max(0, Math.round(position));
  pointer.setState({ playback: { ...pointer.getState().playback, playing: false, position: at } });
}

/** Moves a window that stands still by `by` positions, within the `positions` that there are. */
export function step(pointer: PointerStore, by: number, positions: number): void {
  const from = pointer.getState().playback.position ?? (by > 0 ? -1 : positions);
  scrub(pointer, Math.min(positions - 1, from + by));
}

export function setSpeed(pointer: PointerStore, speed: number): void {
  const within = Math.min(playbackSpeeds.max, Math.max(playbackSpeeds.min, speed));
  pointer.setState({ playback: { ...pointer.getState().playback, speed: within } });
}
