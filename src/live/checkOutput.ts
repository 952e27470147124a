/** The trust check of what is on the screen: all maps, recomputed in float64. Maps of a fast run are first computed again, exactly. */
import { type CheckReport, checkAgainstFloat64 } from '../engine/check.ts';
import type { Workspace } from '../store/workspace.ts';
import { hostInputs, shownNode, withOwnInputs } from './ownInputs.ts';
import type { ResultsState } from './results.ts';

/** Rejects when there are no maps yet, when the engine fails, or with the signal's reason. */
export async function checkOutput(
  { running, output }: ResultsState,
  { focus }: Workspace,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<CheckReport> {
  if (!running || !output) throw new Error('there are no maps yet');
  const { graph, parameters, maps } = output;
  const node = shownNode(output, focus);
  const inputs = await hostInputs(running, output);
  const check = (computed: typeof maps) =>
    checkAgainstFloat64(running, { graph, parameters, inputs, node, output: computed }, onProgress, signal);
  if (output.precision === 'exact') return check(maps);
  return withOwnInputs(running, output, async (uploaded) => {
    const run = await running.run({ graph, parameters, inputs: uploaded, outputs: [node], precision: 'exact' });
    try {
      return await check(run.tensors[node]!);
    } finally {
      for (const tensor of Object.values(run.tensors)) tensor.free();
    }
  });
}
