/**
 * Backpropagation within a limit of memory (checkpointing; Griewank and Walther 2000, Chen et al. 2016). The layers are cut into segments. On
 * the way forward the maps that cross a cut are kept, all others given back; on the way back each segment is computed once more from them,
 * with its gradients, the last one first. One segment is the whole way at once: every map stays until it is needed. More segments hold less
 * and cost one more way forward, however many they are. The sums are those of the whole way, in its order.
 */
import { partTo } from '../chain.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { GradientBuilder } from './builder.ts';
import { dependents } from './index.ts';
import { mapBytes, runBytes } from './runBytes.ts';
import { neededFor, parametersOf, walkBack } from './walk.ts';

export interface Segment {
  /** Its layers, reading inputs of the network and kept maps by their names. */
  readonly forward: Graph;
  /** Its nodes that later segments read. */
  readonly keeps: readonly NodeId[];
  readonly back: SegmentBack;
}

export interface SegmentBack {
  /** The segment with its way back: reads what `forward` does, and gradients. */
  readonly graph: Graph;
  /** The input nodes that take the gradients at nodes behind the segment, or in it, by these nodes. */
  readonly cotangents: ReadonlyMap<NodeId, NodeId>;
  /** The nodes that are the gradients at what it reads, by the nodes that it reads; a cotangent where it adds nothing to it. */
  readonly gradients: ReadonlyMap<NodeId, NodeId>;
  /** Those of them that are computed; none where gradients pass by. */
  readonly outputs: readonly NodeId[];
  parameters(forward: GraphParameters): GraphParameters;
}

export interface SegmentedGradient {
  /** In the order of the network. */
  readonly segments: readonly Segment[];
  /** The most bytes of maps and gradients that are there at once; what a program holds beside its input and output is not counted. */
  readonly peakBytes: number;
}

/** In how many segments it is tried. */
const counts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];

/**
 * The gradient of node `of` at the input node `at` in as few segments as stay within `limit` bytes; where none do, in those that take the
 * least. `shapes`: of every node. Null where `of` does not depend on `at`.
 */
export function segmentedGradient(
  whole: Graph,
  shapes: Shapes,
  of: NodeId,
  at: NodeId,
  limit: number,
): SegmentedGradient | null {
  const graph = partTo(whole, of);
  const isBehind = dependents(graph, at);
  if (!isBehind.has(of)) return null;
  let least: SegmentedGradient | null = null;
  for (const count of counts) {
    const cuts = cutsOf(graph, shapes, count);
    // The gradient may end on its way: of a function that is flat everywhere.
    const found = inSegments({ graph, shapes, of, at, isBehind }, cuts);
    if (!found) return null;
    if (found.peakBytes <= limit) return found;
    if (!least || found.peakBytes < least.peakBytes) least = found;
    if (count >= graph.nodes.length) break;
  }
  return least;
}

/** Places in the list of nodes, 0 and its end among them, between which about as many bytes are written. */
function cutsOf({ nodes }: Graph, shapes: Shapes, count: number): readonly number[] {
  const bytes = nodes.map(({ id, operator }) => (operator.kind === 'input' ? 0 : mapBytes(shapes[id]!)));
  const all = bytes.reduce((a, b) => a + b, 0);
  const cuts = [0];
  let written = 0;
  for (const [i, each] of bytes.entries()) {
    written += each;
    if (written >= (all * cuts.length) / count && i + 1 < nodes.length) cuts.push(i + 1);
  }
  return [...cuts, nodes.length];
}

interface Asked {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly of: NodeId;
  readonly at: NodeId;
  readonly isBehind: ReadonlySet<NodeId>;
}

function inSegments(asked: Asked, cuts: readonly number[]): SegmentedGradient | null {
  const { graph, shapes, of, at } = asked;
  const stretches = cuts.slice(1).map((end, i) => stretchOf(graph, shapes, cuts[i]!, end));
  const bytesOf = (ids: Iterable<NodeId>) => [...ids].reduce((sum, id) => sum + mapBytes(shapes[id]!), 0);
  const given = bytesOf(graph.nodes.filter(({ operator }) => operator.kind === 'input').map(({ id }) => id));
  const keptBefore = stretches.map((_, i) => given + bytesOf(stretches.slice(0, i).flatMap(({ keeps }) => keeps)));
  const segments: Segment[] = [];
  let peakBytes = 0;
  let known: ReadonlySet<NodeId> = new Set([of]);
  for (const [i, stretch] of [...stretches.entries()].toReversed()) {
    const { back, transient } = backOf(asked, stretch, known);
    const forward = i === stretches.length - 1 ? 0 : runBytes(stretch.forward.nodes, shapes, stretch.keeps);
    peakBytes = Math.max(peakBytes, keptBefore[i]! + forward, keptBefore[i]! + bytesOf(known) + transient);
    segments.unshift({ ...stretch, back });
    known = new Set(back.gradients.keys());
  }
  return known.has(at) ? { segments, peakBytes } : null;
}

function stretchOf({ nodes }: Graph, shapes: Shapes, from: number, to: number): Pick<Segment, 'forward' | 'keeps'> {
  const inside = nodes.slice(from, to).filter(({ operator }) => operator.kind !== 'input');
  const own = new Set(inside.map(({ id }) => id));
  const read = new Set(inside.flatMap(({ inputs }) => inputs).filter((id) => !own.has(id)));
  const later = new Set(nodes.slice(to).flatMap(({ inputs }) => inputs));
  const asInput = (id: NodeId): GraphNode => ({
    id,
    operator: { kind: 'input', channels: shapes[id]![1] },
    inputs: [],
  });
  return {
    forward: { nodes: [...[...read].map(asInput), ...inside] },
    keeps: inside.map(({ id }) => id).filter((id) => later.has(id)),
  };
}

/** The way back of a segment from the nodes whose gradients are known, and what it holds beside what it is given. */
function backOf({ shapes, isBehind }: Asked, { forward }: Pick<Segment, 'forward'>, known: ReadonlySet<NodeId>) {
  const builder = new GradientBuilder(forward, shapes);
  const cotangents = new Map([...known].map((id) => [id, builder.input('cotangent', builder.shape(id))] as const));
  const ways = walkBack(builder, forward, { cotangents, isBehind });
  const inside = new Set(forward.nodes.filter(({ operator }) => operator.kind !== 'input').map(({ id }) => id));
  const gradients = new Map([...ways].filter(([id]) => !inside.has(id)));
  const passed = new Set(cotangents.values());
  const outputs = [...new Set(gradients.values())].filter((id) => !passed.has(id));
  const nodes = neededFor(builder, outputs);
  const shapesOf = Object.fromEntries(nodes.map(({ id }) => [id, builder.shape(id)]));
  const back: SegmentBack = {
    graph: { nodes },
    ...{ cotangents, gradients, outputs },
    parameters: (learned) => parametersOf(builder, nodes, learned),
  };
  return { back, transient: runBytes(nodes, shapesOf, outputs) };
}
