/** The terms of one unit of a kind, read from the maps that the engine keeps: a few KB, awaited by no frame. */
import type { Engine } from '../../engine/engine.ts';
import { type DrawnParameters, type GraphNode, isDrawn } from '../../graph/graph.ts';
import {
  type TermOperator,
  type TermUnit,
  type TermWeights,
  termBox,
  type UnitTerms,
  unitTerms,
} from '../../graph/terms.ts';
import { drawnWeightAt } from '../../graph/weights/drawnParameters.ts';
import { type SamplingPoint, samplingPoints } from '../../operators/deformConv2d/points.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { ExploredOutput, Output } from '../results.ts';
import { mainPath } from './kindNetwork.ts';
import { shiftedTo } from './samples.ts';

/** A part of a layer that is a sum of products: a node with weights on its main path. */
export interface Stage {
  readonly node: GraphNode & { readonly operator: TermOperator };
  /** The node whose maps it reads; of a fully connected layer those before they are flattened. */
  readonly reads: string;
}

const summing: ReadonlySet<string> = new Set([
  'conv2d',
  'conv_transpose2d',
  'deform_conv2d',
  'linear',
  'locally_connected2d',
]);

/** A reshape of maps into one value per channel. */
export function isFlattening({ operator }: GraphNode): boolean {
  return operator.kind === 'reshape' && operator.shape[2] === 1 && operator.shape[3] === 1;
}

/** The sums that a layer is made of, in order; the last makes its output. */
export function stagesOf(kind: ExploredOutput): readonly Stage[] {
  const path = mainPath(kind);
  return path.flatMap((node, i): readonly Stage[] => {
    if (!summing.has(node.operator.kind)) return [];
    const flat = path.slice(0, i).findLastIndex(isFlattening);
    const reads = path[(flat < 0 ? i : flat) - 1]?.id ?? kind.source;
    return [{ node: node as Stage['node'], reads }];
  });
}

/**
 * The unit of stage `i` that stands under the middle tap of `unit` of stage i + 1, in channel `channel` of what that one reads; through a
 * shuffle the channel is where it came from.
 */
export function unitBefore(
  kind: ExploredOutput,
  stages: readonly Stage[],
  i: number,
  unit: TermUnit,
  channel: number,
): TermUnit {
  const later = stages[i + 1]?.node.operator;
  const earlier = stages[i];
  if (later?.kind !== 'conv2d' || !earlier) throw new Error('only a convolution stands behind another');
  const { kernelSize, stride, dilation } = later;
  const padding = typeof later.padding === 'string' ? null : later.padding;
  const [, , height = 1, width = 1] = kind.shapes[earlier.node.id] ?? [];
  const along = (at: number, axis: 0 | 1, before: number, size: number) => {
    const middle = at * stride[axis] - before + Math.floor((kernelSize[axis] - 1) / 2) * dilation[axis];
    return Math.min(size - 1, Math.max(0, middle));
  };
  const shuffle = kind.nodes.find(({ operator }) => operator.kind === 'channel_shuffle')?.operator;
  const [, channels = 1] = kind.shapes[earlier.node.id] ?? [];
  const from =
    shuffle?.kind === 'channel_shuffle'
      ? (channel % shuffle.groups) * (channels / shuffle.groups) + Math.floor(channel / shuffle.groups)
      : channel;
  return {
    channel: from,
    y: along(unit.y, 0, padding?.top ?? 0, height),
    x: along(unit.x, 1, padding?.left ?? 0, width),
  };
}

/** The samples of a unit of a deformable layer, from the maps of its offsets (and masks). Null for every other operator. */
export async function readSamples(
  engine: Engine,
  { parts, kind }: Output,
  { node, reads }: Stage,
  { y, x }: TermUnit,
): Promise<readonly SamplingPoint[] | null> {
  const { operator, inputs } = node;
  if (operator.kind !== 'deform_conv2d' || !kind) return null;
  const read = async (id: string | undefined) => {
    const tensor = id === undefined ? undefined : parts[id];
    if (!tensor) throw new Error('the maps of the offsets are not kept');
    const channels = tensor.shape[1];
    const values = await engine.read(tensor, { channel: 0, channels, y, x, height: 1, width: 1 });
    return { shape: [1, channels, 1, 1] as const, values };
  };
  const offset = await read(inputs[1]);
  const mask = operator.hasMask ? await read(inputs[2]) : null;
  const [, channels = 0, height = 0, width = 0] = kind.shapes[reads] ?? [];
  const here = { ...operator, padding: shiftedTo(operator.padding, operator.stride, y, x) };
  const picture = { shape: [1, channels, height, width] as const, values: new Float32Array(0) };
  return samplingPoints(here, { x: picture, offset, mask }, { u: 0, v: 0 });
}

/** Rejects when the maps were freed by a newer run. */
export async function readTerms(engine: Engine, output: Output, stage: Stage, unit: TermUnit): Promise<UnitTerms> {
  const input = output.kind?.shapes[stage.reads];
  const tensor = output.parts[stage.reads];
  const parameters = output.parameters[stage.node.id];
  if (!input || !tensor || !parameters) throw new Error(`what ${stage.node.id} reads is not kept`);
  const samples = await readSamples(engine, output, stage, unit);
  const place = { operator: stage.node.operator, input, unit, ...(samples ? { samples } : {}) };
  const box = termBox(place);
  const values = box ? await engine.read(tensor, box) : new Float32Array(0);
  return unitTerms(place, weightsIn(stage.node.operator, parameters), box, values);
}

/** Of a recipe no more is drawn than what is asked for: a unit of VGG-16's first linear layer has 25,088 of its 102,760,448 weights. */
function weightsIn(operator: TermOperator, given: ParameterValues | DrawnParameters): TermWeights {
  // Drawn biases are 0.
  if (isDrawn(given)) return { weightAt: drawnWeightAt(operator, given), bias: null };
  return { weightAt: (place) => given.weight[place]!, bias: given.bias };
}
