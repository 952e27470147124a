/** The running comparison as React sees it, and the unit that is pinned in all of its columns. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CompareDesk, ComparisonState } from '../../live/compare/compareDesk.ts';
import type { ComparedUnit } from '../../store/workspace.ts';
import type { WorkspaceStore } from '../../store/workspaceStore.ts';

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

/** The pinned unit, as it moves; the view keeps it for reloads and links, and one that comes with a link is pinned. */
export function createUnit(workspace: WorkspaceStore): {
  readonly unit: StoreApi<ComparedUnit>;
  readonly stop: () => void;
} {
  const kept = () => workspace.getState().workspace.view.comparedUnit;
  const unit = createStore<ComparedUnit>(kept);
  const stops = [
    unit.subscribe(({ channel, u, v }) => workspace.getState().setView({ comparedUnit: { channel, u, v } })),
    workspace.subscribe((state, former) => {
      const next = state.workspace.view.comparedUnit;
      const now = unit.getState();
      const isSame = next.channel === now.channel && next.u === now.u && next.v === now.v;
      if (state.workspace.view !== former.workspace.view && !isSame) unit.setState(next);
    }),
  ];
  return {
    unit,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

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
