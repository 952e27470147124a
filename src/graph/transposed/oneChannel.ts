/**
 * One output channel of a transposed convolution by itself, and what the networks that stand for it cost and compute. Every output channel
 * is a sum over its own weights alone, so one map shows what the whole layer does, at 1/N of its work and memory.
 */
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import type { Pair, ParameterValues, Shape } from '../../operators/operator.ts';
import { costOf } from '../cost.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { type Alternative, directAlternative } from './direct.ts';
import { pixelShuffleAlternative } from './pixelShuffle.ts';
import { resizeConvolveAlternative } from './resizeConvolve.ts';

export interface ChannelLayer {
  readonly conv: ConvTranspose2d;
  /** weight [Cin, 1, kh, kw]: 0 for the channels of other groups. */
  readonly values: ParameterValues;
}

/** Map `channel` of the layer as a layer with one output channel over all input channels. */
export function oneChannel(conv: ConvTranspose2d, { weight, bias }: ParameterValues, channel: number): ChannelLayer {
  const { inChannels, outChannels, groups, kernelSize } = conv;
  const taps = kernelSize[0] * kernelSize[1];
  const [filters, slices] = [outChannels / groups, inChannels / groups];
  const own = new Float32Array(inChannels * taps);
  const first = Math.floor(channel / filters) * slices;
  for (let c = first; c < first + slices; c++) {
    const start = (c * filters + (channel % filters)) * taps;
    own.set(weight.subarray(start, start + taps), c * taps);
  }
  return {
    conv: { ...conv, outChannels: 1, groups: 1 },
    values: { weight: own, bias: bias && Float32Array.of(bias[channel] ?? 0) },
  };
}

/** A layer of ones over one channel of ones: its maps are the overlap counts. */
export function overlapLayer(conv: ConvTranspose2d): ChannelLayer {
  return {
    conv: { ...conv, inChannels: 1, outChannels: 1, groups: 1, bias: false },
    values: { weight: new Float32Array(conv.kernelSize[0] * conv.kernelSize[1]).fill(1), bias: null },
  };
}

/** The layer alone, from node `input` to node `output`. */
export function layerAlone({ conv, values }: ChannelLayer): Alternative {
  const nodes: Graph['nodes'] = [
    { id: 'input', operator: { kind: 'input', channels: conv.inChannels }, inputs: [] },
    { id: 'output', operator: conv, inputs: ['input'] },
  ];
  return { graph: { nodes }, parameters: { output: values } };
}

export const alternativeNames = ['direct', 'pixelShuffle', 'resizeConvolve'] as const;
export type AlternativeName = (typeof alternativeNames)[number];

/** The network of that name; null: it cannot stand for this layer (a pixel shuffle with two different strides). */
export function alternativeOf(name: AlternativeName, { conv, values }: ChannelLayer): Alternative | null {
  switch (name) {
    case 'direct':
      return directAlternative(conv, values);
    case 'pixelShuffle':
      return pixelShuffleAlternative(conv, values);
    case 'resizeConvolve':
      return resizeConvolveAlternative(conv, values);
    default:
      name satisfies never;
      throw new Error('unknown alternative');
  }
}

/** The same network and node `difference`: its output, cropped to the layer's, minus the layer's maps at input node `layer`. */
export function withDifference({ graph, parameters }: Alternative, shape: Shape): Alternative {
  const nodes: Graph['nodes'] = [
    ...graph.nodes,
    { id: 'layer', operator: { kind: 'input', channels: shape[1] }, inputs: [] },
    {
      id: 'cropped',
      operator: { kind: 'slice', start: [0, 0, 0, 0], count: shape, step: [1, 1, 1, 1] },
      inputs: ['output'],
    },
    { id: 'difference', operator: { kind: 'arithmetic', function: 'subtract' }, inputs: ['cropped', 'layer'] },
  ];
  return { graph: { nodes }, parameters };
}

export interface Price {
  readonly parameters: number;
  readonly macs: number;
  /** What computing one output channel of it keeps at once at most: the maps of all its nodes. */
  readonly bytes: number;
}

/**
 * What the whole layer would cost as `name`, of its convolution alone: where zeros come between the pixels and how pixels are laid out is
 * reading and writing. Null where the network cannot stand for the layer.
 */
export function priceOf(name: AlternativeName | 'layer', conv: ConvTranspose2d, [height, width]: Pair): Price | null {
  const slices = conv.inChannels / conv.groups;
  const weight = new Float32Array(slices * conv.kernelSize[0] * conv.kernelSize[1]);
  const single: ChannelLayer = {
    conv: { ...conv, inChannels: slices, outChannels: 1, groups: 1 },
    values: { weight, bias: conv.bias ? new Float32Array(1) : null },
  };
  const network = name === 'layer' ? layerAlone(single) : alternativeOf(name, single);
  if (!network) return null;
  const shapes = inferShapes(network.graph, { input: [1, slices, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const { nodes, total } = costOf(network.graph, shapes.value);
  const own = nodes[name === 'pixelShuffle' ? 'phases' : 'output']!;
  // Every output channel costs the same, and between two of them nothing is shared.
  const { outChannels } = conv;
  return {
    parameters: own.parameters * outChannels,
    macs: own.macs * outChannels,
    bytes: total.activationBytes * conv.groups,
  };
}
