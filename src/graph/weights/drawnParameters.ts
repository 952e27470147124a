/**
 * Learned tensors that nobody has learned: a recipe in their place, from which each engine draws the same bits where it needs them, so
 * that the weights of a large network need not exist on the host. A weight is a function of (seed, stream, row, place): its row along
 * the first axis of PyTorch's layout, its place in the row's values. So a filter of a convolution is a row, as in `randomFilter.ts`.
 */
import { type Draw, hash32, mix32, normalAt, uniformAt } from '../../math/random.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { ParameterSpec, ParameterValues } from '../../operators/operator.ts';
import {
  type DrawnParameters,
  type Graph,
  type GraphParameters,
  isDrawn,
  isHeld,
  type LayerParameters,
  type NodeId,
  type RunParameters,
} from '../graph.ts';
import { scaleOf } from './randomFilter.ts';

/** Operators whose weights multiply inputs, and so are drawn at random. */
const weighted: ReadonlySet<Operator['kind']> = new Set<Operator['kind']>([
  'conv2d',
  'conv_transpose2d',
  'deform_conv2d',
  'linear',
  'locally_connected2d',
]);

/** PyTorch's `init` of `nn.PReLU`. */
const preluSlope = 0.25;

/** The stream of a node: of its id alone, so that a layer added or taken away leaves the others' weights as they are. FNV-1a, mixed. */
export function streamOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return mix32(hash);
}

/**
 * How the weights of an operator are drawn, with rows as streams and places as indices; null where they are constants or there are none. Fans are those of `torch.nn.init`: along the
 * second axis of the weight (in) and the first (out), times the kernel's area. A locally connected layer, which PyTorch lacks, has at
 * each position those of a convolution.
 */
export function drawOf(operator: Operator, { distribution, seed, stream }: DrawnParameters): Draw | null {
  if (!weighted.has(operator.kind)) return null;
  const numbers = distribution === 'he' || distribution === 'normal' ? 'normal' : 'uniform';
  const scale = Math.fround(scaleOf(distribution, ...fansOf(operator)));
  return { numbers, scale, seed: stream === undefined ? seed >>> 0 : hash32(seed, stream, 0) };
}

function fansOf(operator: Operator): readonly [fanIn: number, fanOut: number] {
  const [first, second, ...kernel] = specOf(operator, 'weight')!.shape as [number, number, ...number[]];
  const area = kernel.reduce((product, size) => product * size, 1);
  if (operator.kind !== 'locally_connected2d') return [second * area, first * area];
  const [height, width] = operator.kernelSize;
  return [operator.inChannels * height * width, operator.outChannels * height * width];
}

function specOf(operator: Operator, name: ParameterSpec['name']): ParameterSpec | undefined {
  return rulesOf(operator)
    .parameters(operator)
    .find((spec) => spec.name === name);
}

const countOf = ({ shape }: ParameterSpec): number => shape.reduce((product, size) => product * size, 1);

/** Equal keys, equal values: what an operator has beside the shapes of its learned tensors does not matter. */
export function drawnKey(operator: Operator, recipe: DrawnParameters): string {
  const shapes = rulesOf(operator)
    .parameters(operator)
    .map(({ name, shape }) => `${name} ${shape}`);
  const draw = drawOf(operator, recipe);
  return [operator.kind, ...shapes, ...(draw ? [draw.numbers, draw.scale, draw.seed] : [])].join(' ');
}

/** How many learned values an operator has. */
export function learnedValues(operator: Operator): number {
  return rulesOf(operator)
    .parameters(operator)
    .reduce((sum, spec) => sum + countOf(spec), 0);
}

/** The weights of `rows` of the weight tensor, one after another, `perRow` values each. */
function drawRows({ numbers, scale, seed }: Draw, [from, to]: readonly [number, number], perRow: number): Float32Array {
  const draw = numbers === 'normal' ? normalAt : uniformAt;
  const values = new Float32Array((to - from) * perRow);
  let at = 0;
  for (let row = from; row < to; row++)
    for (let place = 0; place < perRow; place++) values[at++] = scale * draw(seed, row, place);
  return values;
}

/** Any weight of a recipe by its place in PyTorch's layout, without the others: what `materialiseDrawn` has there. */
export function drawnWeightAt(operator: Operator, recipe: DrawnParameters): (at: number) => number {
  const draw = drawOf(operator, recipe);
  if (!draw) return () => (operator.kind === 'prelu' ? preluSlope : 1);
  const { shape } = specOf(operator, 'weight')!;
  const perRow = shape.reduce((product, size) => product * size, 1) / shape[0]!;
  const numberAt = draw.numbers === 'normal' ? normalAt : uniformAt;
  return (at) => Math.fround(draw.scale * numberAt(draw.seed, Math.floor(at / perRow), at % perRow));
}

/**
 * The values of a recipe for an operator, in PyTorch's layout: what engines draw, bit by bit. The rules of the operator's kind must have been loaded.
 * `filters`: from the first to before the last of a layer whose rows are filters; absent: all.
 */
export function materialiseDrawn(
  operator: Operator,
  recipe: DrawnParameters,
  filters?: readonly [from: number, to: number],
): ParameterValues {
  const specs = new Map(
    rulesOf(operator)
      .parameters(operator)
      .map((spec) => [spec.name, spec]),
  );
  const filled = (name: ParameterSpec['name'], value: number): Float32Array | null => {
    const spec = specs.get(name);
    return spec ? new Float32Array(countOf(spec)).fill(value) : null;
  };
  const weight = specs.get('weight');
  if (!weight) throw new Error(`${operator.kind} has no weights`);
  const draw = drawOf(operator, recipe);
  const rows = weight.shape[0]!;
  const perRow = countOf(weight) / rows;
  const [from, to] = filters ?? [0, rows];
  const [mean, variance] = [filled('runningMean', 0), filled('runningVar', 1)];
  return {
    weight: draw
      ? drawRows(draw, [from, to], perRow)
      : new Float32Array((to - from) * perRow).fill(operator.kind === 'prelu' ? preluSlope : 1),
    bias: filled('bias', 0)?.slice(...(filters ?? [])) ?? null,
    ...(mean && variance ? { runningMean: mean, runningVar: variance } : {}),
  };
}

/** Weights that are drawn between two pauses. */
const valuesPerPiece = 1 << 19;

/** `materialiseAll` for a page that must stay quick meanwhile: it pauses between pieces of a few hundredths of a second. */
export async function materialiseInPieces(
  { nodes }: Graph,
  parameters: LayerParameters,
  pause: () => Promise<void>,
): Promise<GraphParameters> {
  const made: Record<NodeId, ParameterValues> = {};
  for (const { id, operator } of nodes) {
    const own = parameters[id];
    if (own) made[id] = isDrawn(own) ? await drawnInPieces(operator, own, pause) : own;
  }
  return made;
}

async function drawnInPieces(
  operator: Operator,
  recipe: DrawnParameters,
  pause: () => Promise<void>,
): Promise<ParameterValues> {
  const draw = drawOf(operator, recipe);
  const spec = specOf(operator, 'weight');
  if (!draw || !spec) return materialiseDrawn(operator, recipe);
  const rows = spec.shape[0]!;
  const perRow = countOf(spec) / rows;
  const weight = new Float32Array(countOf(spec));
  const each = Math.max(1, Math.floor(valuesPerPiece / perRow));
  for (let from = 0; from < rows; from += each) {
    weight.set(drawRows(draw, [from, Math.min(rows, from + each)], perRow), from * perRow);
    await pause();
  }
  const bias = specOf(operator, 'bias');
  return { weight, bias: bias ? new Float32Array(countOf(bias)) : null };
}

/** The parameters of a graph's nodes as values: for those who compute on the host. */
export function materialiseAll({ nodes }: Graph, parameters: RunParameters): GraphParameters {
  const given = nodes.flatMap(({ id, operator }) => {
    const own = parameters[id];
    if (!own) return [];
    if (isHeld(own)) throw new Error(`the weights of '${id}' are an engine's tensors`);
    return [[id, isDrawn(own) ? materialiseDrawn(operator, own) : own] as const];
  });
  return Object.fromEntries(given);
}
