/**
 * The states of a run on its engine, [1, 1, rows, n] each: a tensor, and behind it what its optimiser keeps. They are read as values for
 * whoever measures, exports or saves them.
 */
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { materialiseDrawn, streamOf } from '../../graph/weights/drawnParameters.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import { isStatistic, type KeptTensor, type StatisticTensor } from './keptTensors.ts';

/** Rows of a statistic's: it is averaged by a step of SGD. */
const rowsOfStatistic = 2;

export const rowsFor = (tensor: KeptTensor, rows: number): number => (isStatistic(tensor) ? rowsOfStatistic : rows);

/** What a run begins with: weights that are given, or drawn by its seed (He et al. 2015; biases 0, norms 1 and 0). */
interface Beginning {
  readonly trainee: { readonly graph: Graph };
  readonly seed: number;
  readonly start?: GraphParameters;
}

/** A tensor before the first step, behind it zeros for the optimiser. */
export function firstState(beginning: Beginning, { node, name, count }: KeptTensor, rows: number): Float32Array {
  const state = new Float32Array(rows * count);
  state.set((beginning.start ?? { [node]: drawnAt(beginning, node) })[node]?.[name] ?? []);
  return state;
}

function drawnAt({ trainee, seed }: Beginning, node: NodeId): ParameterValues {
  const operator = trainee.graph.nodes.find(({ id }) => id === node)?.operator;
  if (!operator) throw new Error(`no node '${node}'`);
  return materialiseDrawn(operator, { kind: 'drawn', distribution: 'he', seed, stream: streamOf(node) });
}

export async function readState(engine: Engine, state: Tensor): Promise<Float32Array> {
  const [, , height, width] = state.shape;
  return engine.read(state, { channel: 0, channels: 1, y: 0, x: 0, height, width });
}

/** By node and as PyTorch orders them. */
export async function weightsOf(
  engine: Engine,
  tensors: readonly KeptTensor[],
  states: ReadonlyMap<string, Tensor>,
): Promise<GraphParameters> {
  const values = await Promise.all(
    tensors.map(async ({ id }) => [id, await readState(engine, states.get(id)!)] as const),
  );
  return weightsIn(tensors, new Map(values));
}

/** The same of states that have been read, as a checkpoint holds them. */
export function weightsIn(tensors: readonly KeptTensor[], states: ReadonlyMap<string, Float32Array>): GraphParameters {
  const weights: Record<NodeId, ParameterValues> = {};
  for (const { id, node, name, count } of tensors) {
    const known = weights[node] ?? { weight: new Float32Array(0), bias: null };
    weights[node] = { ...known, [name]: states.get(id)!.slice(0, count) };
  }
  return weights;
}

/** Puts what a run has measured in its batch in the place of statistics. */
export async function replaceStatistics(
  engine: Engine,
  measured: ReadonlyMap<StatisticTensor, Tensor>,
  states: Map<string, Tensor>,
): Promise<void> {
  for (const [{ id, count }, tensor] of measured) {
    const values = await engine.read(tensor, { channel: 0, channels: count, y: 0, x: 0, height: 1, width: 1 });
    const state = new Float32Array(rowsOfStatistic * count);
    state.set(values);
    states.get(id)?.free();
    states.set(id, await engine.upload(state, [1, 1, rowsOfStatistic, count]));
  }
}
