/**
 * A network without some of its channels: the graph, its weights, and what that saves, exactly. The channels go from the layers that make
 * them and from all that read them; what cannot go says why. Constants that they gave are dropped, or carried into the layers that read
 * them (`carriedConstants.ts`); copies are merged into what they are copies of (`mergedCopies.ts`).
 */
import { costOf, type GraphCost } from '../../graph/cost.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import type { HostTensor, ParameterValues, Result } from '../../operators/operator.ts';
import { type Contribution, contributionOf, withBias } from './carriedConstants.ts';
import type { Removal } from './channelClasses.ts';
import { type KeptChannels, keptNode } from './keptChannels.ts';
import { type Copies, type Merge, withMergedColumns } from './mergedCopies.ts';
import { flowOf, planRemoval } from './planRemoval.ts';
import type { PruneError } from './pruneError.ts';
import { type ChannelMeans, removedChannels } from './removedChannels.ts';
import type { Restricted } from './restrict.ts';

/** What becomes of the constants that removed channels gave to their readers. */
export type Constants = 'drop' | 'bias' | 'bias-map';

export interface PruneOptions {
  readonly constants: Constants;
  /** Of responses on images: the constants of removed channels whose filters are not zero. Else their biases are taken. */
  readonly means?: ChannelMeans;
  readonly merges?: readonly Merge[];
}

/** What one layer got from removed channels, and what was done about it. In units of the layer's outputs. */
export interface Carried {
  readonly node: NodeId;
  readonly done: Constants;
  /** Largest constant. */
  readonly largest: number;
  /** Largest error that is left, and the share of the map's positions that have one. 0 where the constants are kept exactly. */
  readonly error: number;
  readonly errorShare: number;
}

export interface Pruned {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  readonly shapes: Shapes;
  /** Tensors of the input nodes that are new: bias maps, [1, C, H, W]. */
  readonly inputs: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  /** All that went, with what had to go along. */
  readonly removal: Removal;
  /** Old channels of every old node, as they stand in `graph`. */
  readonly kept: KeptChannels;
  /** The node of `graph` that holds the outputs of an old node: another one where a bias map is added. */
  readonly nodeOf: Readonly<Record<NodeId, NodeId>>;
  readonly carried: readonly Carried[];
  /** Layers whose removed inputs depended on the picture in a way that no constant stands for. */
  readonly notCarried: readonly NodeId[];
  readonly cost: { readonly before: GraphCost; readonly after: GraphCost };
}

/** `shapes`: of every node, as `inferShapes` gives them; `removal`: output channels of any nodes, what is coupled to them goes along. */
export function prune(
  graph: Graph,
  parameters: GraphParameters,
  shapes: Shapes,
  removal: Removal,
  { constants, means = {}, merges = [] }: PruneOptions,
): Result<Pruned, PruneError> {
  const planned = planRemoval(graph, shapes, removal, merges);
  if (!planned.ok) return planned;
  const { kept, copies, removal: closed } = planned.value;
  const removed = removedChannels(graph, parameters, shapes, kept, { means, merges });

  const growing = new Growing(graph);
  const notCarried: NodeId[] = [];
  for (const node of graph.nodes) {
    const own = parameters[node.id] ?? null;
    const merged = mergedInto(node, own, shapes, copies);
    const part = keptNode(node, merged, kept, shapes);
    if (!part.ok) return part;
    const given = removed.get(node.inputs[0] ?? '');
    const reads = own !== null && given !== undefined && flowOf(node, shapes) === 'makes';
    if (reads && given === null) notCarried.push(node.id);
    const contribution = reads && given ? contributionOf(node.operator, own, given, kept[node.id]!) : null;
    growing.add(node, part.value, contribution, constants);
  }
  const after = inferShapes({ nodes: growing.nodes }, growing.inputShapes(shapes));
  if (!after.ok) throw new Error(`${after.error.node}: ${after.error.message}`);
  const pruned = { nodes: growing.nodes };
  return {
    ok: true,
    value: {
      graph: pruned,
      parameters: growing.parameters,
      shapes: after.value,
      inputs: growing.inputs,
      removal: closed,
      kept,
      nodeOf: growing.nodeOf,
      carried: growing.carried,
      notCarried,
      cost: { before: costOf(graph, shapes), after: costOf(pruned, after.value) },
    },
  };
}

/** The new network, node by node. */
class Growing {
  readonly nodes: GraphNode[] = [];
  readonly parameters: Record<NodeId, ParameterValues> = {};
  readonly inputs: Record<NodeId, HostTensor<Float32Array>> = {};
  readonly nodeOf: Record<NodeId, NodeId> = {};
  readonly carried: Carried[] = [];
  readonly #taken: Set<NodeId>;

  constructor({ nodes }: Graph) {
    this.#taken = new Set(nodes.map(({ id }) => id));
  }

  add(node: GraphNode, part: Restricted, contribution: Contribution | null, constants: Constants): void {
    const { id } = node;
    const inputs = node.inputs.map((input) => this.nodeOf[input]!);
    // A map that is the same everywhere is a bias.
    const done = contribution?.borderError === 0 && constants === 'bias-map' ? 'bias' : constants;
    const { operator, parameters } = contribution && done === 'bias' ? withBias(part, contribution.centre) : part;
    const isSame = operator === node.operator && inputs.every((input, i) => input === node.inputs[i]);
    this.nodes.push(isSame ? node : { id, operator, inputs });
    if (parameters) this.parameters[id] = parameters;
    this.nodeOf[id] = id;
    if (!contribution) return;
    if (done === 'bias-map') this.#addMap(id, contribution.map);
    const { largest, borderError, borderShare } = contribution;
    const [error, errorShare] = done === 'drop' ? [largest, 1] : done === 'bias' ? [borderError, borderShare] : [0, 0];
    this.carried.push({ node: id, done, largest, error, errorShare });
  }

  #addMap(id: NodeId, { shape, values }: HostTensor<Float64Array>): void {
    const map = this.#fresh(`${id}_bias_map`);
    const sum = this.#fresh(`${id}_with_map`);
    this.nodes.push(
      { id: map, operator: { kind: 'input', channels: shape[1] }, inputs: [] },
      { id: sum, operator: { kind: 'arithmetic', function: 'add' }, inputs: [id, map] },
    );
    this.inputs[map] = { shape, values: Float32Array.from(values) };
    this.nodeOf[id] = sum;
  }

  #fresh(wanted: NodeId): NodeId {
    let id = wanted;
    for (let i = 1; this.#taken.has(id); i++) id = `${wanted}${i}`;
    this.#taken.add(id);
    return id;
  }

  inputShapes(before: Shapes): Shapes {
    const maps = Object.entries(this.inputs).map(([id, { shape }]) => [id, shape] as const);
    return { ...before, ...Object.fromEntries(maps) };
  }
}

function mergedInto(
  { operator, inputs }: Pick<GraphNode, 'operator' | 'inputs'>,
  parameters: ParameterValues | null,
  shapes: Shapes,
  copies: Copies,
): ParameterValues | null {
  const arriving = copies.get(inputs[0] ?? '') ?? [];
  const isReader = flowOf({ operator, inputs }, shapes) === 'makes';
  return parameters && isReader && arriving.length > 0 ? withMergedColumns(operator, parameters, arriving) : parameters;
}
