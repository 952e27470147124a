/**
 * Whether the numbers on the screen belong to a former state: the newest one has been on its way for a while. A fast engine answers
 * within that while, so nothing flickers; each answer starts it anew.
 */
import { useEffect, useState } from 'react';
import { useResults, useWorkspace } from '../session.tsx';

/** Milliseconds. */
const patience = 300;

export function useStale(): boolean {
  const graph = useWorkspace((state) => state.workspace.graph);
  const focus = useWorkspace((state) => state.workspace.focus);
  const output = useResults((state) => state.output);
  const isBehind = useResults(
    ({ picture, filters }) =>
      output !== null &&
      (output.graph !== graph || output.picture !== picture || output.parameters[focus] !== filters?.values),
  );
  const [late, setLate] = useState<typeof output>(null);
  useEffect(() => {
    if (!isBehind) return;
    const timer = setTimeout(() => setLate(output), patience);
    return () => clearTimeout(timer);
  }, [isBehind, output]);
  return isBehind && late === output;
}
