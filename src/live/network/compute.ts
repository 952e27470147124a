/**
 * Computes maps of a network in pieces: each piece is one run of the engine, from maps that are there to maps that are wanted or read by a
 * later piece. A piece ends before a batch norm, whose statistics are those of the maps that it reads, and where it has become long
 * enough that a person should see progress or may want to stop.
 */
import type { Engine, MapMoments, Tensor } from '../../engine/engine.ts';
import type { GraphNode, NodeId, RunParameters } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { Signatures } from './signatures.ts';

export interface NetworkRun {
  readonly nodes: readonly GraphNode[];
  readonly shapes: Shapes;
  readonly signatures: Signatures;
  /** MACs of each node. */
  readonly macs: Readonly<Record<NodeId, number>>;
  /** Those that are drawn; batch norms get theirs from the maps. */
  readonly parameters: RunParameters;
  /** Values [C, H, W] of the `input` node. */
  readonly picture: Float32Array;
}

/** Maps and statistics by signature, on one engine. The holder of the cache frees its maps. */
export interface MapCache {
  readonly maps: Map<number, Tensor>;
  readonly norms: Map<number, ParameterValues>;
}

export interface ComputeOptions {
  /** MACs after which a piece ends. */
  readonly pieceMacs: number;
  readonly signal: AbortSignal;
  /** Called after each piece: the share of all MACs that are done, and the last node of the piece. */
  readonly onPiece: (share: number, node: NodeId) => void;
}

/**
 * Puts the maps of the `wanted` nodes into the cache. Rejects with EngineError, or the signal's reason between two pieces; what has been
 * computed until then stays in the cache.
 */
export async function computeMaps(
  engine: Engine,
  run: NetworkRun,
  wanted: ReadonlySet<NodeId>,
  cache: MapCache,
  { pieceMacs, signal, onPiece }: ComputeOptions,
): Promise<void> {
  const { shapes, signatures } = run;
  const missing = missingNodes(run, wanted, cache);
  const all = missing.reduce((sum, { id }) => sum + run.macs[id]!, 0);
  const lastReader = new Map<NodeId, number>();
  for (const [at, { inputs }] of missing.entries()) for (const input of inputs) lastReader.set(input, at);
  /** Maps between pieces that nobody wants to keep. */
  const between = new Map<NodeId, Tensor>();
  const mapsOf = (id: NodeId) => cache.maps.get(signatures[id]!) ?? between.get(id);
  let done = 0;

  const runPiece = async (from: number, to: number): Promise<void> => {
    const piece = missing.slice(from, to);
    const inside = new Set(piece.map(({ id }) => id));
    const read = new Set(piece.flatMap(({ inputs }) => inputs.filter((input) => !inside.has(input))));
    const outputs = piece.map(({ id }) => id).filter((id) => wanted.has(id) || (lastReader.get(id) ?? -1) >= to);
    const before = [...read].map(
      (id): GraphNode => ({ id, operator: { kind: 'input', channels: shapes[id]![1] }, inputs: [] }),
    );
    const { tensors, completed } = await engine.run({
      graph: { nodes: [...before, ...piece] },
      inputs: Object.fromEntries([...read].map((id) => [id, mapsOf(id)!])),
      parameters: parametersOf(piece, run, cache),
      outputs,
    });
    try {
      await completed;
    } catch (error) {
      for (const tensor of Object.values(tensors)) tensor.free();
      throw error;
    }
    for (const [id, tensor] of Object.entries(tensors)) {
      if (wanted.has(id)) cache.maps.set(signatures[id]!, tensor);
      else between.set(id, tensor);
    }
    for (const [id, tensor] of between) {
      if ((lastReader.get(id) ?? -1) >= to) continue;
      tensor.free();
      between.delete(id);
    }
  };

  try {
    let from = 0;
    let macs = 0;
    const flush = async (to: number): Promise<void> => {
      if (to === from) return;
      signal.throwIfAborted();
      await runPiece(from, to);
      done += macs;
      onPiece(all === 0 ? to / missing.length : done / all, missing[to - 1]!.id);
      from = to;
      macs = 0;
    };
    for (const [at, node] of missing.entries()) {
      if (node.operator.kind === 'input') {
        await flush(at);
        between.set(node.id, await engine.upload(run.picture, shapes[node.id]!));
        from = at + 1;
        continue;
      }
      const signature = signatures[node.id]!;
      if (node.operator.kind === 'batch_norm2d' && !cache.norms.has(signature)) {
        await flush(at);
        cache.norms.set(signature, normOf(await engine.moments(mapsOf(node.inputs[0]!)!)));
      }
      // Between two layers with work: what follows a convolution is computed with it.
      if (macs >= pieceMacs && run.macs[node.id]! > 0) await flush(at);
      macs += run.macs[node.id]!;
    }
    await flush(missing.length);
  } finally {
    for (const tensor of between.values()) tensor.free();
  }
}

/** The nodes to be computed, in order: those that the wanted ones read through nodes whose maps are not there. */
function missingNodes(
  { nodes, signatures }: NetworkRun,
  wanted: ReadonlySet<NodeId>,
  cache: MapCache,
): readonly GraphNode[] {
  const needed = new Set(wanted);
  const missing: GraphNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.id) || cache.maps.has(signatures[node.id]!)) continue;
    missing.unshift(node);
    for (const input of node.inputs) needed.add(input);
  }
  return missing;
}

function parametersOf(
  piece: readonly GraphNode[],
  { parameters, signatures }: NetworkRun,
  { norms }: MapCache,
): RunParameters {
  const given: Record<NodeId, RunParameters[NodeId]> = {};
  for (const { id, operator } of piece) {
    const values = operator.kind === 'batch_norm2d' ? norms.get(signatures[id]!) : parameters[id];
    if (values) given[id] = values;
  }
  return given;
}

/** A batch norm as it stands before it has learned anything, with the statistics of these maps: mean 0 and, unless all values are one, variance 1 behind it. */
export function normOf(moments: readonly MapMoments[]): ParameterValues {
  const { length } = moments;
  return {
    weight: new Float32Array(length).fill(1),
    bias: new Float32Array(length),
    runningMean: Float32Array.from(moments, ({ mean }) => mean),
    runningVar: Float32Array.from(moments, ({ variance }) => variance),
  };
}
