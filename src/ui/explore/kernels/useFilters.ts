/** The numbers of all filters as the panel shows and edits them, from `results.filters`, which follow the workspace at once. */
import { useCallback, useMemo, useRef } from 'react';
import { convOf } from '../../../graph/explore.ts';
import type { FilterLabel } from '../../../graph/weights/materialise.ts';
import type { FilterTarget, SliceTarget } from '../../../store/workspaceStore.ts';
import { useResults, useSession, useWorkspace } from '../../session.tsx';
import { type Cell, withWeight } from './editWeights.ts';

export interface Filters {
  /** [slices, kh, kw] of each; null while a learned bank or an edited filter is being fetched. An unchanged filter keeps its array. */
  readonly values: readonly Float32Array[] | null;
  readonly labels: readonly FilterLabel[];
  /** The numbers of a filter as they are now, ahead of the next rendering. */
  readonly read: (filter: number) => Float32Array;
  /** Sets a cell in one filter or all, in one slice or all. */
  readonly edit: (target: FilterTarget, slices: SliceTarget, cell: Cell, value: number, gesture: string) => void;
}

export function useFilters(): Filters {
  const { workspace, results } = useSession();
  const conv = useWorkspace((state) => convOf(state.workspace.graph, state.workspace.focus));
  const made = useResults((state) => state.filters);
  const kept = useRef<readonly Float32Array[]>([]);
  const [kh, kw] = conv.kernelSize;
  const length = (conv.inChannels / conv.groups) * kh * kw;

  const values = useMemo(() => {
    // While a bank is fetched, the numbers are still those of the layer before.
    if (!made || made.values.weight.length !== conv.outChannels * length) return null;
    const { weight } = made.values;
    kept.current = Array.from({ length: conv.outChannels }, (_, filter) => {
      const present = filterOf(weight, filter, length);
      const former = kept.current[filter];
      return former && sameNumbers(former, present) ? former : present;
    });
    return kept.current;
  }, [made, conv.outChannels, length]);

  const read = useCallback(
    (filter: number) => {
      const present = results.getState().filters;
      if (!present) return new Float32Array();
      return filterOf(present.values.weight, filter, present.values.weight.length / present.labels.length);
    },
    [results],
  );
  const edit = useCallback<Filters['edit']>(
    (target, slices, cell, value, gesture) => {
      const count = results.getState().filters?.labels.length ?? 0;
      const filters = target === 'all' ? Array.from({ length: count }, (_, filter) => filter) : [target];
      const edited = filters.map(
        (filter) => [filter, withWeight(read(filter), [kh, kw], cell, slices, value)] as const,
      );
      workspace.getState().editFilters(new Map(edited), gesture);
    },
    [results, workspace, read, kh, kw],
  );
  return { values, labels: made?.labels ?? [], read, edit };
}

function filterOf(weight: Float32Array, filter: number, length: number): Float32Array {
  return weight.subarray(filter * length, (filter + 1) * length);
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
