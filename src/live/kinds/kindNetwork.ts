/** What Explore computes for a layer of another kind: photo → bank → layer → activation as one graph, with all that is a function of it. */
import { constructorLines } from '../../formats/layerText/constructorLines.ts';
import { chainTo } from '../../graph/chain.ts';
import { costOf } from '../../graph/cost.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import { fitAttributes, kindLayer } from '../../graph/layers/kindLayer.ts';
import { kindParameters } from '../../graph/layers/kindParameters.ts';
import type { Layer } from '../../graph/layers/layer.ts';
import { layerNodes, partId } from '../../graph/layers/layerNodes.ts';
import { constantOffsets, gradientNodes, presetTaps, wholeTaps } from '../../graph/layers/offsetLayer.ts';
import { stemOf } from '../../graph/layers/stem.ts';
import type { WeightSources } from '../../graph/weights/materialise.ts';
import type { HostTensor, Shape } from '../../operators/operator.ts';
import type { KindState } from '../../store/kind.ts';
import type { ExploredOutput, KindOutput, Picture } from '../results.ts';
import { createFields } from './kindFields.ts';
import { kindNodes } from './kindNodes.ts';

export interface KindNetwork {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  readonly kind: KindOutput;
}

/**
 * The network over `picture`, which stands for the photo `full` (the same, or its small version). The rules of all operators must have
 * been loaded. Throws where the layer has no output on a picture of this size.
 */
export function kindNetwork(state: KindState, picture: Picture, full: Picture, sources: WeightSources): KindNetwork {
  const { input, stem, bank } = kindNodes;
  const { channels, height, width } = picture;
  const filters = state.bank && stemOf(state.bank, channels, state.weights.seed, sources);
  const place = { inChannels: state.bank?.channels ?? channels, inputSize: [height, width] as const };
  const attributes = fitAttributes(state.kind, state.attributes, place);
  const layer = kindLayer(state.kind, attributes, place);
  const source = filters ? bank : input;
  const made = nodesOf(state, layer, { id: source, shape: [1, place.inChannels, height, width] }, picture);
  const before: readonly GraphNode[] = [
    { id: input, operator: { kind: 'input', channels }, inputs: [] },
    ...(filters
      ? ([
          { id: stem, operator: filters.conv, inputs: [input] },
          { id: bank, operator: { kind: 'activation', function: 'relu' }, inputs: [stem] },
        ] as const)
      : []),
  ];
  const last = made.nodes.at(-1)!.id;
  const isActivated = state.activation !== 'none';
  const behind: readonly GraphNode[] = isActivated
    ? [{ id: kindNodes.activation, operator: { kind: 'activation', function: state.activation }, inputs: [last] }]
    : [];
  const graph: Graph = { nodes: [...before, ...made.nodes, ...behind] };
  const given: Record<NodeId, Shape> = { [input]: [1, channels, height, width] };
  for (const [node, tensor] of Object.entries(made.constants)) given[node] = tensor.shape;
  const inferred = inferShapes(graph, given);
  if (!inferred.ok) throw new Error(inferred.error.message);
  const shapes = inferred.value;
  const shown = isActivated ? kindNodes.activation : last;
  const layerAlone: Graph = {
    nodes: [{ id: source, operator: { kind: 'input', channels: place.inChannels }, inputs: [] }, ...made.nodes],
  };
  const parameters: GraphParameters = {
    ...(filters ? { [stem]: filters.values } : {}),
    ...kindParameters(layer, made.nodes, state.weights),
    ...made.parameters,
  };
  return {
    graph,
    parameters,
    kind: {
      from: 'bank',
      state,
      attributes,
      layer,
      lines: constructorLines(layer),
      nodes: made.nodes,
      source,
      shown,
      activation: state.activation,
      shapes,
      alone: { nodes: [...layerAlone.nodes, ...behind] },
      cost: costOf(layerAlone, shapes).total,
      constants: made.constants,
      ...createFields({ graph, shapes, shown, layer, parameters, constants: made.constants, source, picture, full }),
    },
  };
}

interface MadeNodes {
  readonly nodes: readonly GraphNode[];
  readonly constants: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  /** Of the nodes whose values are not drawn. */
  readonly parameters: GraphParameters;
}

function nodesOf(
  { offsets, kind }: KindState,
  layer: Layer,
  source: { readonly id: NodeId; readonly shape: Shape },
  picture: Picture,
): MadeNodes {
  const id = kindNodes.layer;
  if (layer.kind !== 'deformable' || kind !== 'deformable' || offsets.by === 'convolution')
    return { nodes: layerNodes(layer, id, source), constants: {}, parameters: {} };
  if (offsets.by === 'preset' && offsets.preset.kind === 'gradient') {
    const photo = { shape: [1, picture.channels, picture.height, picture.width] as const, values: picture.values };
    return { ...gradientNodes(layer, id, source.id, photo), parameters: {} };
  }
  const taps =
    offsets.by === 'hand'
      ? offsets.taps
      : offsets.preset.kind === 'gradient'
        ? []
        : presetTaps(layer.conv, offsets.preset);
  const values = constantOffsets(layer, wholeTaps(layer.conv, taps));
  return {
    nodes: layerNodes(layer, id, source),
    constants: {},
    parameters: { [partId(id, 'offsets')]: values },
  };
}

/** The layer's nodes along its main path: of a deformable one the convolution alone, not what makes its offsets. */
export function mainPath({ nodes, source }: Pick<ExploredOutput, 'nodes' | 'source'>): readonly GraphNode[] {
  const inputs: readonly GraphNode[] = [{ id: source, operator: { kind: 'input', channels: 0 }, inputs: [] }];
  return chainTo({ nodes: [...inputs, ...nodes] }, nodes.at(-1)!.id);
}
