/**
 * The maps that a layer of a network reads, computed as the Network screen computes them: piece by piece, batch norms with the statistics of
 * these maps. They are handed over to who asked; what is kept here are the statistics alone.
 */
import type { Engine, Tensor } from '../../engine/engine.ts';
import type { GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import { computeMaps, type MapCache, normOf } from '../network/compute.ts';
import type { NetworkPlan } from '../network/networkPlan.ts';
import { pictureNode } from '../network/nodes.ts';
import { paceOf, pieceMacs } from '../network/pace.ts';
import type { GivenInputs } from '../runner.ts';

export interface PrefixRun {
  readonly plan: NetworkPlan;
  /** The layer, as it runs. */
  readonly node: GraphNode;
  /** The layers whose maps are wanted. */
  readonly reads: readonly NodeId[];
  /** Of all layers that have been in front of it, by signature. */
  readonly norms: MapCache['norms'];
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/** Rejects with EngineError, or with the signal's reason between two pieces; the caller owns the tensors. */
export async function computePrefix(
  engine: Engine,
  { plan, node, reads, norms, signal, onProgress }: PrefixRun,
): Promise<GivenInputs> {
  const { graph, shapes, signatures, cost, parameters, picture } = plan;
  const cache: MapCache = { maps: new Map(), norms };
  const made: Record<NodeId, Tensor> = {};
  const free = () => {
    for (const tensor of new Set([...Object.values(made), ...cache.maps.values()])) tensor.free();
  };
  try {
    const wanted = new Set(reads.filter((id) => id !== pictureNode));
    const macs = Object.fromEntries(graph.nodes.map(({ id }) => [id, cost.nodes[id]!.macs]));
    const run = { nodes: graph.nodes, shapes, signatures, macs, parameters, picture: picture.values };
    await computeMaps(engine, run, wanted, cache, {
      pieceMacs: pieceMacs[paceOf(engine)],
      signal,
      onPiece: onProgress,
    });
    for (const id of wanted) {
      // Two layers of one signature have the same maps, and each its own reader.
      const tensor = cache.maps.get(signatures[id]!);
      if (tensor) made[id] = tensor;
    }
    if (reads.includes(pictureNode)) made[pictureNode] = await engine.upload(picture.values, shapes[pictureNode]!);
    const own = node.operator.kind === 'batch_norm2d' ? await normOver(engine, node, made, norms, signatures) : null;
    return { tensors: made, parameters: own ?? {} };
  } catch (error) {
    free();
    throw error;
  }
}

async function normOver(
  engine: Engine,
  { id, inputs }: GraphNode,
  maps: Readonly<Record<NodeId, Tensor>>,
  norms: MapCache['norms'],
  signatures: NetworkPlan['signatures'],
): Promise<GraphParameters> {
  const signature = signatures[id]!;
  const values: ParameterValues = norms.get(signature) ?? normOf(await engine.moments(maps[inputs[0]!]!));
  norms.set(signature, values);
  return { [id]: values };
}
