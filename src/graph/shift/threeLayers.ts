/**
 * One map made three ways over one small picture, [1, 1, H, W] to [1, 1, OH, OW]: by a fully connected layer, by a locally connected one
 * (connections cut), and by a convolution (weights shared). None has a bias, so that each is its weight matrix.
 */
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { rulesOf } from '../../operators/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { HostTensor, Pair, Shape } from '../../operators/operator.ts';
import { type Field, tapsThrough } from '../field/receptiveField.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';
import { type KindWeights, kindParameters } from '../layers/kindParameters.ts';
import type { Layer } from '../layers/layer.ts';
import { type MatrixOperator, type WeightMatrix, weightMatrix } from '../weightMatrix.ts';

export const threeKinds = [
  'linear',
  'locally_connected2d',
  'conv2d',
] as const satisfies readonly MatrixOperator['kind'][];
export type ThreeKind = (typeof threeKinds)[number];

/** What the convolution and the locally connected layer read around each output; zeros outside. */
export type LayerWindow = Pick<Conv2d, 'kernelSize' | 'stride' | 'dilation'> & {
  readonly padding: Exclude<Conv2d['padding'], string>;
};

export interface SmallLayer {
  readonly kind: ThreeKind;
  readonly operator: MatrixOperator;
  /** In the operator's own order. */
  readonly weight: Float32Array;
  readonly graph: Graph;
  readonly shapes: Shapes;
  /** The node whose output is the map. */
  readonly shown: NodeId;
}

export const smallInput = 'input';
const own = 'layer';

/** Height and width of the map. */
export function mapSize(window: LayerWindow, [height, width]: Pair, inChannels = 1): Pair {
  const conv = createConv2d({ inChannels, outChannels: 1, ...window });
  const shape = rulesOf(conv).outputShape(conv, [[1, inChannels, height, width]]);
  if (!shape.ok) throw new Error(shape.error.message);
  return [shape.value[2], shape.value[3]];
}

/**
 * The layer of one kind over a picture of `size`, with random weights by seed; a convolution alone may have a classic filter (a locally
 * connected layer whose kernels are all alike is a convolution). Throws where the window has no output.
 */
export function smallLayer(
  kind: ThreeKind,
  window: LayerWindow,
  size: Pair,
  { kernel, seed }: KindWeights,
): SmallLayer {
  const layer = layerOf(kind, window, size);
  const map: Shape = [1, 1, ...mapSize(window, size)];
  const operator = operatorOf(layer);
  const node: GraphNode = { id: own, operator, inputs: [kind === 'linear' ? 'flat' : smallInput] };
  const input: GraphNode = { id: smallInput, operator: { kind: 'input', channels: 1 }, inputs: [] };
  const nodes: readonly GraphNode[] =
    kind === 'linear'
      ? [
          input,
          { id: 'flat', operator: { kind: 'reshape', shape: [1, size[0] * size[1], 1, 1] }, inputs: [smallInput] },
          node,
          { id: 'map', operator: { kind: 'reshape', shape: map }, inputs: [own] },
        ]
      : [input, node];
  const graph: Graph = { nodes };
  const shapes = inferShapes(graph, { [smallInput]: [1, 1, ...size] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const parameters = kindParameters(layer, [node], { kernel: kind === 'conv2d' ? kernel : 'random', seed });
  const weight = parameters[own]?.weight;
  if (!weight) throw new Error(`a layer of kind ${kind} has weights`);
  return { kind, operator, weight, graph, shapes: shapes.value, shown: nodes.at(-1)!.id };
}

type OneOfThree = Extract<Layer, { readonly kind: 'linear' | 'locally_connected' | 'standard' }>;

function layerOf(kind: ThreeKind, window: LayerWindow, inputSize: Pair): OneOfThree {
  const plain = { inChannels: 1, outChannels: 1, ...window, bias: false };
  switch (kind) {
    case 'linear': {
      const [rows, columns] = mapSize(window, inputSize);
      const inFeatures = inputSize[0] * inputSize[1];
      return { kind, linear: createLinear({ inFeatures, outFeatures: rows * columns, bias: false }) };
    }
    case 'locally_connected2d':
      return { kind: 'locally_connected', local: createLocallyConnected2d({ ...plain, inputSize }) };
    case 'conv2d':
      return { kind: 'standard', conv: createConv2d(plain) };
    default:
      kind satisfies never;
      throw new Error('unknown layer');
  }
}

function operatorOf(layer: OneOfThree): MatrixOperator {
  switch (layer.kind) {
    case 'linear':
      return layer.linear;
    case 'locally_connected':
      return layer.local;
    case 'standard':
      return layer.conv;
    default:
      layer satisfies never;
      throw new Error('unknown layer');
  }
}

/**
 * The map of a picture [1, 1, H, W], as the CPU engine computes it: summed in float64 in the order of the taps, which is the same at every
 * place, and rounded once. A fully connected one of a thousand pixels takes milliseconds.
 */
export function mapOf({ operator, weight, shapes, shown }: SmallLayer, picture: HostTensor): HostTensor<Float32Array> {
  const shape: Shape = operator.kind === 'linear' ? [1, operator.inFeatures, 1, 1] : picture.shape;
  const input = { shape, values: Float32Array.from(picture.values) };
  const { values } = arithmeticOf(operator).compute(operator, [input], { weight, bias: null });
  return { shape: shapes[shown]!, values };
}

/** How many outputs have a tap in the box: a fully connected layer's all. */
export function fieldsMeeting({ graph, shapes, shown }: SmallLayer, { h, w }: Field): number {
  const [, , rows, columns] = shapes[shown]!;
  const tapsAt = (y: number, x: number) => tapsThrough(graph, shapes, shown, { y, x })[smallInput];
  const meets = (pixels: readonly number[] | undefined, { lo, hi }: Field['h']) =>
    pixels?.some((pixel) => pixel >= lo && pixel <= hi) ?? false;
  const count = (length: number, isMet: (at: number) => boolean) =>
    Array.from({ length }, (_, at) => at).filter(isMet).length;
  return count(rows, (y) => meets(tapsAt(y, 0)?.rows, h)) * count(columns, (x) => meets(tapsAt(0, x)?.columns, w));
}

/** Weights of each of the three from C maps of `size` to N maps, without bias. */
export function weightCounts(
  window: LayerWindow,
  size: Pair,
  [inChannels, outChannels]: readonly [c: number, n: number],
): Readonly<Record<ThreeKind, number>> {
  const [rows, columns] = mapSize(window, size, inChannels);
  const shared = inChannels * outChannels * window.kernelSize[0] * window.kernelSize[1];
  return {
    linear: inChannels * size[0] * size[1] * outChannels * rows * columns,
    locally_connected2d: shared * rows * columns,
    conv2d: shared,
  };
}

/** The layer as a matrix of the flattened picture; a fully connected one reads nothing else. */
export function matrixOf({ operator, shapes }: SmallLayer): WeightMatrix {
  const input = shapes[smallInput]!;
  return weightMatrix(operator, operator.kind === 'linear' ? [1, operator.inFeatures, 1, 1] : input);
}

/** Weights that no connection has: kernels of positions at the border have some that meet padding alone. */
export function unusedWeights(layer: SmallLayer): number {
  return layer.weight.length - matrixOf(layer).parameters;
}
