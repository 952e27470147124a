/**
 * The numbers of all filters as the panel shows and edits them, from `results.filters`, which follow the workspace at once. What has
 * not changed keeps its identity, so that moving a slider of the layer renders nothing here.
 */
import { useCallback, useState } from 'react';
import type { FilterLabel, MaterialisedWeights } from '../../../graph/weights/materialise.ts';
import type { Pair } from '../../../operators/operator.ts';
import type { FilterTarget, SliceTarget } from '../../../store/workspaceStore.ts';
import { useResults, useSession } from '../../session.tsx';
import { type Cell, withWeight } from './editWeights.ts';

export interface FilterNumbers {
  /** [slices, kh, kw] of each. */
  readonly values: readonly Float32Array[];
  readonly labels: readonly FilterLabel[];
}

export interface Filters extends FilterNumbers {
  /** True while a learned bank or an edited filter is being fetched: the numbers are those of the layer before. */
  readonly areMissing: boolean;
  /** The numbers of a filter as they are now, ahead of the next rendering. */
  readonly read: (filter: number) => Float32Array;
  /** Sets a cell in one filter or all, in one slice or all. */
  readonly edit: (target: FilterTarget, slices: SliceTarget, cell: Cell, value: number, gesture: string) => void;
}

/** `length` is the number of weights of one filter. */
export function useFilters(count: number, length: number, kernelSize: Pair): Filters {
  const { workspace, results } = useSession();
  const [keep] = useState(createKeeper);
  const numbers = useResults((state) => keep(state.filters));

  const read = useCallback(
    (filter: number) => {
      const present = results.getState().filters;
      return present ? filterOf(present, filter) : new Float32Array();
    },
    [results],
  );
  const edit = useCallback<Filters['edit']>(
    (target, slices, cell, value, gesture) => {
      const filters = target === 'all' ? Array.from({ length: count }, (_, filter) => filter) : [target];
      const edited = filters.map(
        (filter) => [filter, withWeight(read(filter), kernelSize, cell, slices, value)] as const,
      );
      workspace.getState().editFilters(new Map(edited), gesture);
    },
    [workspace, read, count, kernelSize],
  );
  const areMissing = numbers.values.length !== count || numbers.values[0]?.length !== length;
  return { ...numbers, areMissing, read, edit };
}

const none: FilterNumbers = { values: [], labels: [] };

/** Takes weights apart into filters; gives back the parts of the time before where they are equal. */
function createKeeper(): (made: MaterialisedWeights | null) => FilterNumbers {
  let last: MaterialisedWeights | null = null;
  let kept = none;
  return (made) => {
    if (!made || made === last) return kept;
    last = made;
    const values = made.labels.map((_, filter) => {
      const present = filterOf(made, filter);
      const former = kept.values[filter];
      return former && sameNumbers(former, present) ? former : present;
    });
    const isSame =
      values.length === kept.values.length &&
      values.every((filter, index) => filter === kept.values[index]) &&
      JSON.stringify(made.labels) === JSON.stringify(kept.labels);
    if (!isSame) kept = { values, labels: made.labels };
    return kept;
  };
}

function filterOf({ values, labels }: MaterialisedWeights, filter: number): Float32Array {
  const length = values.weight.length / labels.length;
  return values.weight.subarray(filter * length, (filter + 1) * length);
}

function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
