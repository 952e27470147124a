/** What the kernel editor's parts share: the layer, its filters and their names, the chosen filter, and what a change applies to. */
import { useCallback, useMemo, useState } from 'react';
import { convOf } from '../../../graph/explore.ts';
import type { FilterState } from '../../../graph/weights/filterState.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { useFilterName } from '../maps/filterName.ts';
import { type Filters, useFilters } from './useFilters.ts';

export type Reach = 'one' | 'all';

export interface Kernels {
  readonly conv: Conv2d;
  readonly size: { readonly filters: number; readonly slices: number; readonly height: number; readonly width: number };
  readonly filters: Filters;
  readonly names: readonly string[];
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
  const conv = useWorkspace((state) => convOf(state.workspace.graph, state.workspace.focus));
  const weights = useWorkspace((state) => state.workspace.weights[state.workspace.focus]);
  const chosen = useWorkspace((state) => state.workspace.view.filter);
  if (!weights) throw new Error('the focused layer has no weights');
  const filters = useFilters();
  const nameOf = useFilterName();
  const names = useMemo(() => weights.filters.map((filter) => nameOf(filter.recipe)), [weights, nameOf]);
  const [filterReach, setFilterReach] = useState<Reach>('one');
  const [sliceReach, setSliceReach] = useState<Reach>('one');
  const select = useCallback((filter: number) => workspace.getState().setView({ filter }), [workspace]);

  const filter = Math.min(chosen, conv.outChannels - 1);
  const state = weights.filters[filter];
  if (!state) throw new Error(`no filter ${filter}`);
  const [height, width] = conv.kernelSize;
  return {
    conv,
    size: { filters: conv.outChannels, slices: conv.inChannels / conv.groups, height, width },
    filters,
    names,
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
