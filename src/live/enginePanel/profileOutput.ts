/** Measures what made the maps on the screen: each operator of their network, and the ways of computing one of them. */
import type { AlgorithmResult, RunRequest } from '../../engine/engine.ts';
import { type Profile, profileRun } from '../../engine/profile.ts';
import type { NodeId } from '../../graph/graph.ts';
import { shownNode, withOwnInputs } from '../ownInputs.ts';
import type { Output, ResultsState } from '../results.ts';

/** What is measured: of the moment when it was asked for. */
export interface Measurable {
  readonly running: NonNullable<ResultsState['running']>;
  readonly output: Output;
  readonly focus: NodeId;
}

/** Null while there are no maps. */
export function measurableOf({ running, output }: ResultsState, focus: NodeId): Measurable | null {
  return running && output ? { running, output, focus } : null;
}

function withRequest<T>({ running, output, focus }: Measurable, use: (request: RunRequest) => Promise<T>): Promise<T> {
  const { graph, parameters, precision } = output;
  return withOwnInputs(running, output, (inputs) =>
    use({ graph, parameters, inputs, outputs: [shownNode(output, focus)], precision }),
  );
}

export function profileOutput(
  measurable: Measurable,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Profile> {
  return withRequest(measurable, (request) => profileRun(measurable.running, request, onProgress, signal));
}

/** Null where the engine has one way of computing everything. */
export async function compareOutput(
  measurable: Measurable,
  node: NodeId,
  signal: AbortSignal,
): Promise<readonly AlgorithmResult[] | null> {
  const tuner = await measurable.running.tuner();
  return tuner && withRequest(measurable, (request) => tuner.compare(request, node, signal));
}
