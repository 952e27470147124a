/** The value at one position on every map: what stands beside the captions. Written by the painter, awaited by no frame. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Output } from '../../../live/results.ts';

export interface ProbeState {
  readonly at: { readonly output: Output; readonly y: number; readonly x: number } | null;
  /** One value for each channel. */
  readonly values: Float32Array | null;
}

export type ProbeStore = StoreApi<ProbeState>;

export function createProbe(): ProbeStore {
  return createStore<ProbeState>(() => ({ at: null, values: null }));
}
