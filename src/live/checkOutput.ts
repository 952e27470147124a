/** The trust check of what is on the screen: all maps, recomputed in float64. */
import { type CheckReport, checkAgainstFloat64 } from '../engine/check.ts';
import { exploreNodes } from '../graph/explore.ts';
import type { Workspace } from '../store/workspace.ts';
import { shownNode } from './ownInputs.ts';
import type { ResultsState } from './results.ts';

/** Rejects when there are no maps yet, when the engine fails, or with the signal's reason. */
export function checkOutput(
  { running, output }: ResultsState,
  { focus }: Workspace,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<CheckReport> {
  if (!running || !output) return Promise.reject(new Error('there are no maps yet'));
  const { graph, parameters, picture, maps, kind } = output;
  const shape = [1, picture.channels, picture.height, picture.width] as const;
  const node = shownNode(output, focus);
  const inputs = { ...kind?.constants, [exploreNodes.input]: { shape, values: picture.values } };
  return checkAgainstFloat64(running, { graph, parameters, inputs, node, output: maps }, onProgress, signal);
}
