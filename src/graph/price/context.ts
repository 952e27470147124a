/**
 * The price of context: the ways in which a layer of C channels can see a wanted field, each as a network of its own, so that parameters,
 * multiply-adds and memory come from the rules that hold for every network. Between two layers stands a ReLU; what a way ends in is its
 * last convolution. All keep the map's size but `pooled`, which halves it first and computes on the smaller map.
 *
 *   kernel            one K x K convolution, K = field: C² K² weights
 *   stack             3 x 3 convolutions, (field - 1) / 2 of them (Simonyan and Zisserman 2015)
 *   dilated           3 x 3 convolutions of dilation 1, 2, 4, ... (Yu and Koltun 2016)
 *   hybrid            3 x 3 convolutions of dilation 1, 2, 5, 1, 2, 5, ... (Wang et al. 2018), whose taps spread more evenly
 *   pooled            2 x 2 max pooling, then 3 x 3 convolutions: each widens the field by 4
 *   depthwise         one depthwise K x K and a 1 x 1 convolution
 *   separable_stack   depthwise 3 x 3 and 1 x 1 convolutions in pairs (Howard et al. 2017)
 *
 * The last dilation is as large as is still missing to the field, so every way but `pooled` has the wanted one exactly, without holes.
 */
import type { Pair, Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { costOf } from '../cost.ts';
import { fieldOnPicture } from '../field/fieldOnPicture.ts';
import type { NodeId } from '../graph.ts';
import { type SizedNetwork, shapesOf } from '../growth/sizes.ts';
import { activationMemory, type MemoryConvention } from './memory.ts';

export const contextWays = ['kernel', 'stack', 'dilated', 'hybrid', 'pooled', 'depthwise', 'separable_stack'] as const;
export type ContextWay = (typeof contextWays)[number];

/** What the layer reads, and what it gives. */
export interface ContextLayer {
  /** [N, C, H, W]. */
  readonly input: Shape;
  readonly outChannels: number;
  /** Of the last convolution, so that it does not widen the field; absent: 1. */
  readonly stride?: Pair;
  readonly bias?: boolean;
}

export interface ContextPoint {
  readonly wanted: number;
  /** What it is: larger than wanted where the way has no such field. */
  readonly field: number;
  /** Convolutions, one after the other. */
  readonly depth: number;
  readonly parameters: number;
  readonly macs: number;
  /** Of maps, the one that is read included. */
  readonly trainingBytes: number;
  readonly inferenceBytes: number;
}

export interface ContextCurve {
  readonly way: ContextWay;
  readonly points: readonly ContextPoint[];
}

/** Odd fields from 3 to 63. */
export const usualFields: readonly number[] = Array.from({ length: 31 }, (_, i) => 2 * i + 3);

/** The way as a network that reads node 'input'. `field` is odd, at least 3; the rules of pooling must be loaded for `pooled`. */
export function contextNetwork(way: ContextWay, field: number, layer: ContextLayer): SizedNetwork {
  if (field < 3 || field % 2 === 0) throw new Error(`a field of ${field} is not odd, or too small`);
  const net = new NetworkBuilder(layer.input);
  writeWay(net, way, field, layer);
  return { graph: net.graph, input: layer.input };
}

export function contextPoint(
  way: ContextWay,
  field: number,
  layer: ContextLayer,
  convention?: MemoryConvention,
): ContextPoint {
  const network = contextNetwork(way, field, layer);
  const { graph } = network;
  const shapes = shapesOf(network);
  const { total } = costOf(graph, shapes);
  const memory = activationMemory(graph, shapes, convention);
  return {
    wanted: field,
    field: fieldOnPicture(graph, shapes, graph.nodes.at(-1)!.id, 'input')!.size[0],
    depth: graph.nodes.filter(({ operator }) => operator.kind === 'conv2d').length,
    parameters: total.parameters,
    macs: total.macs,
    trainingBytes: memory.trainingBytes,
    inferenceBytes: memory.inferencePeak.bytes,
  };
}

/** A curve for each way over the wanted fields. */
export function contextCurves(
  layer: ContextLayer,
  fields: readonly number[] = usualFields,
  convention?: MemoryConvention,
): readonly ContextCurve[] {
  return contextWays.map((way) => ({
    way,
    points: fields.map((field) => contextPoint(way, field, layer, convention)),
  }));
}

/** Dilations in the order of `cycle` whose sum is half of the field, the last cut to what is missing: 3 x 3 layers widen by 2 d each. */
export function dilationsReaching(field: number, cycle: (i: number) => number): readonly number[] {
  const dilations: number[] = [];
  for (let missing = (field - 1) / 2; missing > 0; missing -= dilations.at(-1)!)
    dilations.push(Math.min(missing, cycle(dilations.length)));
  return dilations;
}

const hybridCycle = [1, 2, 5] as const;

function writeWay(net: NetworkBuilder, way: ContextWay, field: number, layer: ContextLayer): void {
  const stride = layer.stride ?? [1, 1];
  if (way !== 'pooled') {
    writeChain(net, 'input', layer, stepsOf(way, field), stride);
    return;
  }
  const pooled = net.maxPool('pool', 'input', { kernel: 2, stride: 2, ceilMode: true });
  // The pooling is the first half of an even stride.
  const rest: Pair = [restOf(stride[0]), restOf(stride[1])];
  writeChain(net, pooled, layer, repeated(Math.ceil((field - 2) / 4), { kernel: 3 }), rest);
}

function stepsOf(way: Exclude<ContextWay, 'pooled'>, field: number): readonly Step[] {
  switch (way) {
    case 'kernel':
      return [{ kernel: field }];
    case 'stack':
      return repeated((field - 1) / 2, { kernel: 3 });
    case 'dilated':
      return dilated(dilationsReaching(field, (i) => 2 ** i));
    case 'hybrid':
      return dilated(dilationsReaching(field, (i) => hybridCycle[i % 3]!));
    case 'depthwise':
      return [{ kernel: field, isSeparable: true }];
    case 'separable_stack':
      return repeated((field - 1) / 2, { kernel: 3, isSeparable: true });
    default:
      way satisfies never;
      throw new Error('unknown way');
  }
}

function restOf(stride: number): number {
  return stride % 2 === 0 ? stride / 2 : stride;
}

interface Step {
  readonly kernel: number;
  readonly dilation?: number;
  readonly isSeparable?: boolean;
}

function repeated(times: number, step: Step): readonly Step[] {
  return Array.from({ length: times }, () => step);
}

function dilated(dilations: readonly number[]): readonly Step[] {
  return dilations.map((dilation) => ({ kernel: 3, dilation }));
}

function writeChain(
  net: NetworkBuilder,
  from: NodeId,
  { outChannels, bias = true }: ContextLayer,
  steps: readonly Step[],
  stride: Pair,
): void {
  let at = from;
  for (const [i, { kernel, dilation = 1, isSeparable = false }] of steps.entries()) {
    const isLast = i === steps.length - 1;
    const padding = (dilation * (kernel - 1)) / 2;
    const window = { kernel, dilation, padding, bias, stride: isLast ? stride : ([1, 1] as const) };
    if (isSeparable) {
      const groups = net.channels(at);
      at = net.conv(`${i}.depthwise`, at, groups, { ...window, groups });
      at = net.conv(`${i}.pointwise`, at, outChannels, { bias });
    } else at = net.conv(String(i), at, outChannels, window);
    if (!isLast) at = net.activation(`${i}.relu`, at);
  }
}
