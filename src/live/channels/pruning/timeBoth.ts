/** What a network takes before and after pruning, on one device in one state: runs of both in turn, and the medians of each. */
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import type { Engine, RunRequest, Tensor, Timing } from '../../../engine/engine.ts';
import type { Graph, NodeId } from '../../../graph/graph.ts';
import type { HostTensor } from '../../../operators/operator.ts';
import type { Picture } from '../../results.ts';
import type { PruneBase } from './pruneBase.ts';

export interface MeasuredTimes {
  /** Milliseconds, the medians. */
  readonly before: number;
  readonly after: number;
  /** How often each was measured. */
  readonly rounds: number;
  readonly method: Timing['method'];
}

const rounds = 5;

/** Rejects with EngineError, or the signal's reason. */
export async function timeBoth(
  engine: Engine,
  { subject, graph, shapes }: PruneBase,
  pruned: Pruned,
  picture: Picture,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<MeasuredTimes> {
  const held: Tensor[] = [];
  const upload = async ({ values, shape }: HostTensor<Float32Array>) => {
    const tensor = await engine.upload(values, shape);
    held.push(tensor);
    return tensor;
  };
  try {
    const input = await upload({ values: subject.read(picture), shape: shapes[subject.input]! });
    const maps: Record<NodeId, Tensor> = {};
    for (const [id, map] of Object.entries(pruned.inputs)) maps[id] = await upload(map);
    const first = { graph, parameters: subject.parameters, inputs: { [subject.input]: input } };
    const second = { graph: pruned.graph, parameters: pruned.parameters, inputs: { ...first.inputs, ...maps } };
    const requests: readonly RunRequest[] = [
      { ...first, outputs: endsOf(graph) },
      { ...second, outputs: endsOf(graph).map((id) => pruned.nodeOf[id]!) },
    ];
    const found: Timing[][] = [[], []];
    for (let round = 0; round < rounds; round++) {
      // Each is first in its turn: what drifts meets both alike.
      for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
        signal.throwIfAborted();
        found[which]!.push(await engine.time(requests[which]!));
      }
      onProgress((round + 1) / rounds);
    }
    const median = (times: readonly Timing[]) => times.map(({ ms }) => ms).sort((a, b) => a - b)[(rounds - 1) / 2]!;
    return { before: median(found[0]!), after: median(found[1]!), rounds, method: found[0]![0]!.method };
  } finally {
    for (const tensor of held) tensor.free();
  }
}

/** Nodes that nothing reads. */
function endsOf({ nodes }: Graph): readonly NodeId[] {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  return nodes.map(({ id }) => id).filter((id) => !read.has(id));
}
