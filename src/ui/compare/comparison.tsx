/** The running comparison as React sees it, and the unit that is pinned in all of its columns. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CompareDesk, ComparisonState } from '../../live/compare/compareDesk.ts';

/** A place on the photo, 0..1 each, and an output channel: every column shows the unit that it has there. */
export interface ComparedUnit {
  readonly channel: number;
  readonly u: number;
  readonly v: number;
}

/** What the pointer is on in one column, shown in all; and whether every map is shown. */
export interface Looking {
  readonly hover: ComparedUnit | null;
  readonly showsAll: boolean;
}

export interface Comparison {
  readonly desk: CompareDesk;
  readonly unit: StoreApi<ComparedUnit>;
  readonly looking: StoreApi<Looking>;
}

/** Off the centre, where pictures tend to have something to see. */
export const createUnit = () => createStore<ComparedUnit>(() => ({ channel: 5, u: 0.36, v: 0.395 }));

export const createLooking = () => createStore<Looking>(() => ({ hover: null, showsAll: false }));

const ComparisonContext = createContext<Comparison | null>(null);
export const ComparisonProvider = ComparisonContext.Provider;

export function useComparisonContext(): Comparison {
  const comparison = useContext(ComparisonContext);
  if (!comparison) throw new Error('useComparison outside of ComparisonProvider');
  return comparison;
}

export function useComparison<T>(select: (state: ComparisonState) => T): T {
  return useStore(useComparisonContext().desk.results, select);
}

export function useUnit(): ComparedUnit {
  return useStore(useComparisonContext().unit);
}

export function useLooking<T>(select: (state: Looking) => T): T {
  return useStore(useComparisonContext().looking, select);
}

/** The unit's row and column in maps of this size. */
export function unitIn({ u, v }: ComparedUnit, height: number, width: number) {
  return { y: Math.min(height - 1, Math.floor(v * height)), x: Math.min(width - 1, Math.floor(u * width)) };
}
