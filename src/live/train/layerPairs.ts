/**
 * Which two adjacent layers of a network are held against each other: a convolution, and the maps that it reads, with nothing between but
 * layers that keep channels (pools, dropout). Responses are taken after the activation.
 */
import type { Graph, GraphNode, NodeId } from '../../graph/graph.ts';
import { convolutionLayers } from '../../graph/trained/convolutionLayers.ts';

/** A layer, or the join whose maps are read, and the node that holds its responses. */
interface Side {
  readonly layer: NodeId;
  readonly node: NodeId;
}

export interface LayerPair {
  readonly rows: Side;
  readonly columns: Side;
}

/** Larger eigenproblems would hold up the training. */
const mostChannels = 256;

const keepsChannels: ReadonlySet<GraphNode['operator']['kind']> = new Set(['pool2d', 'adaptive_pool2d', 'dropout']);

/** In the order of the graph. */
export function adjacentPairs(graph: Graph): readonly LayerPair[] {
  return pairsIn(graph).map(({ pair }) => pair);
}

function pairsIn(graph: Graph): readonly { readonly pair: LayerPair; readonly mixesPlaces: boolean }[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const layers = convolutionLayers(graph);
  const layerOf = new Map(layers.map(({ node, response }) => [response, node]));
  return layers.flatMap(({ node: layer, response }) => {
    const operator = byId.get(layer)?.operator;
    if (operator?.kind !== 'conv2d') return [];
    let read = byId.get(byId.get(layer)?.inputs[0] ?? '');
    while (read && keepsChannels.has(read.operator.kind)) read = byId.get(read.inputs[0] ?? '');
    const { inChannels, outChannels, groups, kernelSize } = operator;
    if (!read || read.operator.kind === 'input' || Math.max(inChannels, outChannels) > mostChannels) return [];
    const pair = {
      rows: { layer: layerOf.get(read.id) ?? read.id, node: read.id },
      columns: { layer, node: response },
    };
    const isDepthwise = groups > 1 && groups === inChannels;
    return [{ pair, mixesPlaces: kernelSize[0] * kernelSize[1] > 1 && !isDepthwise }];
  });
}

/**
 * The pair whose second layer is `columns`; where it is none of the network's, the last layer larger than 1 x 1 that is not depthwise with what it reads (conv2c x
 * conv3a of a Network-in-Network), else the last pair. Null where there are no two such layers.
 */
export function pairOf(graph: Graph, columns: NodeId | null): LayerPair | null {
  const pairs = pairsIn(graph);
  const chosen = pairs.find(({ pair }) => pair.columns.layer === columns);
  return (chosen ?? pairs.findLast(({ mixesPlaces }) => mixesPlaces) ?? pairs.at(-1))?.pair ?? null;
}

export const isSamePair = (a: LayerPair | null, b: LayerPair | null): boolean =>
  a?.rows.node === b?.rows.node && a?.columns.node === b?.columns.node;

/** The first convolution, whose filters can be looked at as pictures. */
export function firstConvolution(graph: Graph): NodeId | null {
  return graph.nodes.find(({ operator }) => operator.kind === 'conv2d')?.id ?? null;
}
