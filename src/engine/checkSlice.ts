/**
 * The float64 side of the trust check: computes slices of a node's maps (batch 0) in float64 by the definition and compares them
 * with what an engine gave. Errors are judged on the scale of the terms that were added: |error| / (1 + sum of |terms|).
 */
import type { Graph, GraphNode, LayerParameters, NodeId } from '../graph/graph.ts';
import { runReference } from '../graph/referenceRun.ts';
import { materialiseAll } from '../graph/weights/drawnParameters.ts';
import { steepestSlope } from '../operators/activation/arithmetic.ts';
import type { ActivationName } from '../operators/activation/attributes.ts';
import { activate } from '../operators/activation/reference.ts';
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { referenceRows } from '../operators/conv2d/reference.ts';
import type { FloatArray, HostTensor, ParameterValues, Shape } from '../operators/operator.ts';

export interface CheckJob {
  readonly graph: Graph;
  /** Recipes are drawn where the check runs. */
  readonly parameters: LayerParameters;
  /** The tensor of every `input` node. */
  readonly inputs: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  /** The node whose maps are checked. */
  readonly node: NodeId;
}

/** Maps channel..channel+channels-1, rows row..row+rows-1, all columns. */
export interface MapSlice {
  readonly channel: number;
  readonly channels: number;
  readonly row: number;
  readonly rows: number;
}

export interface SliceReport {
  readonly maxAbsolute: number;
  readonly maxRelative: number;
  /** Where the largest absolute error is. */
  readonly at: { readonly channel: number; readonly y: number; readonly x: number };
}

/** The last steps to the node: activations after at most one convolution, and what that reads. */
interface Tail {
  readonly conv: { readonly operator: Conv2d; readonly parameters: ParameterValues } | null;
  readonly activations: readonly ActivationName[];
  readonly source: HostTensor;
  /** Sum of |terms| that the source itself is made of; null where it is exact. */
  readonly sourceMagnitude: HostTensor | null;
}

export type SliceChecker = (slice: MapSlice, actual: Float32Array) => SliceReport;

/** Prepares the check: what comes before the last convolution is computed once, in full. */
export function createSliceChecker(job: CheckJob): SliceChecker {
  const tail = tailOf(job);
  return (slice, actual) => compare(slice, referenceSlice(tail, slice), actual);
}

function tailOf({ graph, parameters: recipes, inputs, node: id }: CheckJob): Tail {
  const parameters = materialiseAll(graph, recipes);
  const find = (wanted: NodeId): GraphNode => {
    const node = graph.nodes.find((candidate) => candidate.id === wanted);
    if (!node) throw new Error(`no node '${wanted}'`);
    return node;
  };
  const activations: ActivationName[] = [];
  let head = find(id);
  while (head.operator.kind === 'activation') {
    activations.unshift(head.operator.function);
    head = find(head.inputs[0]!);
  }
  if (head.operator.kind === 'input') {
    return { conv: null, activations, source: given(inputs, head.id), sourceMagnitude: null };
  }
  if (head.operator.kind !== 'conv2d') {
    const { source, sourceMagnitude } = prefixUpTo(head);
    return { conv: null, activations, source, sourceMagnitude };
  }
  const own = parameters[head.id];
  if (!own) throw new Error(`no weights of node '${head.id}'`);
  const conv = { operator: head.operator, parameters: own };
  const before = find(head.inputs[0]!);
  if (before.operator.kind === 'input') {
    return { conv, activations, source: given(inputs, before.id), sourceMagnitude: null };
  }
  return { conv, activations, ...prefixUpTo(before) };

  /** The maps of a node, computed in full. */
  function prefixUpTo(last: GraphNode): Pick<Tail, 'source' | 'sourceMagnitude'> {
    const prefix = { nodes: graph.nodes.slice(0, graph.nodes.indexOf(last) + 1) };
    const result = runReference(prefix, inputs, parameters)[last.id]!;
    return { source: result.output, sourceMagnitude: { shape: result.output.shape, values: result.magnitude } };
  }
}

function given(inputs: CheckJob['inputs'], id: NodeId): HostTensor<Float32Array> {
  const tensor = inputs[id];
  if (!tensor) throw new Error(`no tensor is given for input '${id}'`);
  return tensor;
}

interface Reference {
  readonly width: number;
  readonly values: Float64Array;
  readonly magnitude: Float64Array;
}

function referenceSlice(tail: Tail, slice: MapSlice): Reference {
  const { values, magnitude, width } = linearSlice(tail, slice);
  for (const name of tail.activations) {
    const formula = activate(name);
    const slope = steepestSlope(name);
    for (let index = 0; index < values.length; index += 1) {
      values[index] = formula(values[index]!);
      magnitude[index] = slope * magnitude[index]!;
    }
  }
  return { values, magnitude, width };
}

function linearSlice({ conv, source, sourceMagnitude }: Tail, slice: MapSlice): Reference {
  if (!conv) {
    const [, , height, width] = source.shape;
    const cut = (whole: FloatArray): Float64Array => {
      const values = new Float64Array(slice.channels * slice.rows * width);
      for (let c = 0; c < slice.channels; c += 1) {
        const from = ((slice.channel + c) * height + slice.row) * width;
        values.set(whole.subarray(from, from + slice.rows * width), c * slice.rows * width);
      }
      return values;
    };
    const values = cut(source.values);
    return {
      values,
      magnitude: sourceMagnitude ? cut(sourceMagnitude.values) : new Float64Array(values.length),
      width,
    };
  }
  const slab = { image: 0, ...slice };
  const { values, magnitude } = referenceRows(conv.operator, source, conv.parameters, slab);
  if (sourceMagnitude) {
    const absolute = { weight: conv.parameters.weight.map(Math.abs), bias: null };
    const inherited = referenceRows(conv.operator, sourceMagnitude, absolute, slab).values;
    for (let index = 0; index < magnitude.length; index += 1) magnitude[index] = magnitude[index]! + inherited[index]!;
  }
  return { values, magnitude, width: values.length / (slice.channels * slice.rows) };
}

function compare(slice: MapSlice, { values, magnitude, width }: Reference, actual: Float32Array): SliceReport {
  let maxAbsolute = -1;
  let maxRelative = 0;
  let worst = 0;
  for (let index = 0; index < values.length; index += 1) {
    const difference = Math.abs(actual[index]! - values[index]!);
    // Not a number is as wrong as can be.
    const error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    maxRelative = Math.max(maxRelative, error / (1 + magnitude[index]!));
    if (error > maxAbsolute) {
      maxAbsolute = error;
      worst = index;
    }
  }
  const row = Math.floor(worst / width);
  const at = {
    channel: slice.channel + Math.floor(row / slice.rows),
    y: slice.row + (row % slice.rows),
    x: worst % width,
  };
  return { maxAbsolute, maxRelative, at };
}

/** A slice is at most this many multiplications (a fraction of a second in float64) and values. */
const macsPerSlice = 3e7;
const valuesPerSlice = 1 << 20;

/** Cuts maps of `shape` into slices, whole rows each. `macsPerValue`: multiplications of one value. */
export function* slicesOf([, channels, height, width]: Shape, macsPerValue: number): Generator<MapSlice> {
  const rowsAtOnce = Math.max(
    1,
    Math.floor(Math.min(valuesPerSlice, macsPerSlice / Math.max(1, macsPerValue)) / width),
  );
  const channelsAtOnce = Math.max(1, Math.floor(rowsAtOnce / height));
  const rowsEach = Math.min(height, rowsAtOnce);
  for (let channel = 0; channel < channels; channel += channelsAtOnce) {
    for (let row = 0; row < height; row += rowsEach) {
      const rows = Math.min(rowsEach, height - row);
      yield { channel, channels: Math.min(channelsAtOnce, channels - channel), row, rows };
    }
  }
}
