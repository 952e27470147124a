/**
 * Which numbers on the screen belong to a former state, because the newest one has been on its way for a while. A fast engine answers
 * within that while, so nothing flickers; each answer starts it anew.
 */
import { useEffect, useState } from 'react';
import { exploredState } from '../../store/explored.ts';
import { useResults, useWorkspace } from '../session.tsx';

/** Milliseconds. */
const patience = 300;
const never = Symbol('never');

/** Whether `isBehind` has held for the while since `answer` came. */
function useLate(isBehind: boolean, answer: unknown): boolean {
  const [late, setLate] = useState<unknown>(never);
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setLate(answer), patience);
    return () => clearTimeout(timer);
  }, [isBehind, answer]);
  return isBehind && late === answer;
}

/**
 * 'maps': what is read from the maps (values, ends of the colours, statistics), which come when a run has finished. 'all': the
 * arithmetic too, which goes with the weights and the photo that the run was started with.
 */
export function useStale(): 'maps' | 'all' | undefined {
  const graph = useWorkspace((state) => state.workspace.graph);
  const focus = useWorkspace((state) => state.workspace.focus);
  const state = useWorkspace(({ workspace }) => exploredState(workspace));
  const layer = useWorkspace(({ workspace }) => workspace.networkLayer);
  const output = useResults((state) => state.output);
  const finished = useResults((state) => state.finished);
  const isFormer = useResults(
    ({ picture, filters }) =>
      output !== null &&
      (state
        ? output.kind?.state !== state || (output.kind.from === 'network' && output.kind.node !== layer)
        : output.graph !== graph || output.picture !== picture || output.parameters[focus] !== filters?.values),
  );
  const areMapsLate = useLate(output !== null && (isFormer || output !== finished), finished);
  const isOutputLate = useLate(isFormer, output);
  if (isOutputLate) return 'all';
  return areMapsLate ? 'maps' : undefined;
}
