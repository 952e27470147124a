/**
 * Grouped: Ŵ is W inside the groups and 0 outside. For given groups the best is closed: the cut on the weights, one regression per group
 * on the responses. Which channels form a group is a search (`channelOrder.ts`); on the responses several orders are tried by regression
 * and the best is kept. Moving channels costs no arithmetic, it is slices laid side by side.
 */
import { difference, type Matrix, matrix } from '../math/matrix.ts';
import { geometryOf } from '../operators/conv2d/slab.ts';
import { convNodes, fitInput, reorderNodes, valuesOf } from './chain.ts';
import { bestGroups, type ChannelGroups, givenGroups, orderOf } from './channelOrder.ts';
import type { FitKind } from './kinds.ts';
import { energyOf, type FitProblem, regress, type Substitute } from './problem.ts';

type Grouped = Extract<FitKind, { readonly kind: 'grouped' }>;

export function groupedOnWeights(problem: FitProblem, kind: Grouped): Substitute {
  const groups = groupsOf(problem, kind, null);
  return substituteOf(problem, kind.groups, groups, cut(problem.weights, groups), 0);
}

export function* groupedOnResponses(problem: FitProblem, kind: Grouped, gram: Matrix): Generator<number, Substitute> {
  const candidates = [groupsOf(problem, kind, null)];
  if (kind.order === 'searched')
    candidates.push(groupsOf(problem, kind, gram), groupsOf(problem, { ...kind, order: 'given' }, null));
  // Below this an error is rounding, and no reason for another order.
  const rounding = 1e-12 * energyOf(problem.weights, gram);
  let best: { readonly groups: ChannelGroups; readonly kernel: Matrix; readonly undetermined: number } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [tried, groups] of candidates.entries()) {
    let kernel = cut(problem.weights, groups);
    let undetermined = 0;
    for (let group = 0; group < kind.groups; group++) {
      const { inputs, outputs } = membersOf(groups, group);
      const columns = columnsOfChannels(inputs, problem.taps.length);
      const fitted = regress(problem, kernel, gram, columns, outputs);
      kernel = fitted.kernel;
      undetermined = Math.max(undetermined, fitted.undetermined);
      yield (tried + (group + 1) / kind.groups) / candidates.length;
    }
    const error = energyOf(difference(problem.weights, kernel), gram);
    if (error >= least - rounding) continue;
    best = { groups, kernel, undetermined };
    least = error;
  }
  if (!best) throw new Error('the error of a grouped convolution is not a number');
  return substituteOf(problem, kind.groups, best.groups, best.kernel, best.undetermined);
}

/** In the order that the kind says; searched by the energy of the weights, or of what each input channel adds to each output. */
function groupsOf({ weights, taps }: FitProblem, kind: Grouped, gram: Matrix | null): ChannelGroups {
  const area = taps.length;
  const inChannels = weights.columns / area;
  if (kind.order === 'given') return givenGroups(inChannels, weights.rows, kind.groups);
  const energy = matrix(weights.rows, inChannels);
  for (let o = 0; o < weights.rows; o++)
    for (let c = 0; c < inChannels; c++) {
      const at = c * area;
      const slice = weights.values.subarray(o * weights.columns + at, o * weights.columns + at + area);
      energy.values[o * inChannels + c] = energyOfSlice(slice, gram, at);
    }
  return bestGroups(energy, kind.groups);
}

function energyOfSlice(slice: Float64Array, gram: Matrix | null, at: number): number {
  let sum = 0;
  slice.forEach((a, s) => {
    if (!gram) sum += a * a;
    else
      slice.forEach((b, t) => {
        sum += a * b * gram.values[(at + s) * gram.columns + at + t]!;
      });
  });
  return Math.max(0, sum);
}

function cut(weights: Matrix, { inputs, outputs }: ChannelGroups): Matrix {
  const area = weights.columns / inputs.length;
  const kept = weights.values.map((value, at) => {
    const channel = Math.floor((at % weights.columns) / area);
    return inputs[channel] === outputs[Math.floor(at / weights.columns)] ? value : 0;
  });
  return matrix(weights.rows, weights.columns, kept);
}

function membersOf({ inputs, outputs }: ChannelGroups, group: number) {
  const members = (groupOf: Int32Array) => Int32Array.from([...groupOf.keys()].filter((i) => groupOf[i] === group));
  return { inputs: members(inputs), outputs: members(outputs) };
}

function columnsOfChannels(channels: Int32Array, area: number): Int32Array {
  return Int32Array.from(
    { length: channels.length * area },
    (_, i) => channels[Math.floor(i / area)]! * area + (i % area),
  );
}

function substituteOf(
  { layer, conv, taps }: FitProblem,
  groups: number,
  channels: ChannelGroups,
  kernel: Matrix,
  undetermined: number,
): Substitute {
  const area = taps.length;
  const inputs = orderOf(channels.inputs);
  const outputs = orderOf(channels.outputs);
  const perGroup = inputs.length / groups;
  const weights = new Float64Array(outputs.length * perGroup * area);
  outputs.forEach((o, position) => {
    const first = Math.floor((position * groups) / outputs.length) * perGroup;
    const columns = columnsOfChannels(inputs.subarray(first, first + perGroup), area);
    columns.forEach((column, i) => {
      weights[position * columns.length + i] = kernel.values[o * kernel.columns + column]!;
    });
  });
  const bias = layer.parameters.bias;
  const before = reorderNodes('order', fitInput, inputs, layer.inputShape);
  const { rows, columns } = geometryOf(layer.conv, layer.inputShape);
  const id = 'grouped';
  // Channel o stands at position back[o] of the grouped convolution's output.
  const back = orderOf(outputs);
  return {
    nodes: [
      ...before,
      ...convNodes(id, before.length === 0 ? fitInput : 'order', { ...conv, conv: { ...conv.conv, groups } }),
      ...reorderNodes('order-back', id, back, [layer.inputShape[0], outputs.length, rows, columns]),
    ],
    parameters: { [id]: valuesOf(weights, bias && Float32Array.from(outputs, (o) => bias[o]!)) },
    kernel,
    undetermined,
  };
}
