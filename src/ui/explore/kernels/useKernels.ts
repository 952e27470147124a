/** What the kernel editor's parts share: the filters and their names, the chosen filter, and what a change applies to. */
import { useCallback, useMemo, useState } from 'react';
import type { FilterState } from '../../../graph/weights/filterState.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { useFilterName } from '../maps/filterName.ts';
import { areColours } from './filterPicture.ts';
import { type Filters, useFilters } from './useFilters.ts';
import { type KernelShape, useKernelShape } from './useKernelShape.ts';

export type Reach = 'one' | 'all';

export interface Kernels {
  readonly shape: KernelShape;
  readonly filters: Filters;
  readonly names: readonly string[];
  /** How the layer's filters are pictured: as colours, or in the colours of weights. */
  readonly areColours: boolean;
  /** The filter that is shown and edited. */
  readonly filter: number;
  readonly state: FilterState;
  readonly bias: number;
  readonly select: (filter: number) => void;
  readonly filterReach: Reach;
  readonly setFilterReach: (reach: Reach) => void;
  readonly sliceReach: Reach;
  readonly setSliceReach: (reach: Reach) => void;
  /** The filters that a change applies to. */
  readonly target: number | 'all';
}

export function useKernels(): Kernels {
  const { workspace } = useSession();
  const shape = useKernelShape();
  const { filters: count, slices, kernelSize } = shape;
  const weights = useWorkspace((state) => state.workspace.weights[state.workspace.focus]);
  const chosen = useWorkspace((state) => state.workspace.view.filter);
  const filters = useFilters(count, slices * kernelSize[0] * kernelSize[1], kernelSize);
  const nameOf = useFilterName();
  const names = useMemo(() => weights?.filters.map(({ recipe }) => nameOf(recipe)) ?? [], [weights, nameOf]);
  const [filterReach, setFilterReach] = useState<Reach>('one');
  const [sliceReach, setSliceReach] = useState<Reach>('one');
  const select = useCallback((filter: number) => workspace.getState().setView({ filter }), [workspace]);

  const filter = Math.min(chosen, count - 1);
  const state = weights?.filters[filter];
  if (!weights || !state) throw new Error(`the focused layer has no filter ${filter}`);
  return {
    shape,
    filters,
    names,
    areColours: areColours(
      weights.filters.map(({ recipe }) => recipe),
      slices,
    ),
    filter,
    state,
    bias: weights.bias[filter] ?? 0,
    select,
    filterReach,
    setFilterReach,
    sliceReach,
    setSliceReach,
    target: filterReach === 'all' ? 'all' : filter,
  };
}
