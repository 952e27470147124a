/**
 * Channels that are nearly copies, copy ≈ slope · kept + intercept, followed to the layers that read them: there the copy's weights, times
 * the slope, are added to those of the channel that stays. The intercept goes the way of constants. Where the relation does not hold
 * behind an operator the merge is refused.
 */
import type { Graph, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { Operator } from '../../operators/index.ts';
import type { ParameterValues, Result } from '../../operators/operator.ts';
import { rangeTo } from '../../operators/tensors.ts';
import { channelFlow } from './channelFlow.ts';
import { shuffled } from './keptChannels.ts';
import type { PruneError } from './pruneError.ts';

export interface Merge {
  /** The node whose outputs were compared: usually the activation behind a layer. */
  readonly node: NodeId;
  readonly kept: number;
  readonly copy: number;
  readonly slope: number;
  readonly intercept: number;
}

/** A copy among the channels of some node. */
export type Copy = Pick<Merge, 'kept' | 'copy' | 'slope' | 'intercept'>;

export type Copies = ReadonlyMap<NodeId, readonly Copy[]>;

/** The copies among the channels of every node. */
export function mergedCopies(graph: Graph, shapes: Shapes, merges: readonly Merge[]): Result<Copies, PruneError> {
  const all = new Map<NodeId, readonly Copy[]>();
  for (const { id, operator, inputs } of graph.nodes) {
    const given = inputs.map((input) => all.get(input) ?? []);
    const arriving = given.flat();
    const own = merges.filter(({ node }) => node === id);
    const sizes = inputs.map((input) => shapes[input]!);
    const flow = channelFlow(operator, sizes);
    if (arriving.length > 0) {
      switch (flow.kind) {
        case 'makes':
          if ('groups' in operator && operator.groups > 1)
            return { ok: false, error: { code: 'own-parameters', node: id } };
          break;
        case 'keeps': {
          for (const copy of arriving) {
            const code = whyNot(operator, copy, inputs.length);
            if (code) return { ok: false, error: { code, node: id } };
          }
          all.set(id, arriving);
          break;
        }
        case 'spreads': {
          if (operator.kind === 'conv2d') return { ok: false, error: { code: 'own-parameters', node: id } };
          const { times } = flow;
          const spread = (copy: Copy) =>
            rangeTo(times).map((i) => ({ ...copy, kept: copy.kept * times + i, copy: copy.copy * times + i }));
          all.set(id, arriving.flatMap(spread));
          break;
        }
        case 'joins': {
          const startOf = (at: number) => sizes.slice(0, at).reduce((sum, size) => sum + size[1], 0);
          const moved = given.map((copies, at) => copies.map((copy) => movedBy(copy, (c) => c + startOf(at))));
          all.set(id, moved.flat());
          break;
        }
        case 'extends':
          if (flow.value !== 0) return { ok: false, error: { code: 'bends', node: id } };
          all.set(
            id,
            arriving.map((copy) => movedBy(copy, (c) => c + flow.before)),
          );
          break;
        case 'shuffles': {
          const place = (c: number) => shuffled(c, sizes[0]![1], flow.groups);
          all.set(
            id,
            arriving.map((copy) => movedBy(copy, place)),
          );
          break;
        }
        case 'all':
          return { ok: false, error: { code: 'read-together', node: id } };
        default:
          flow satisfies never;
      }
    }
    if (own.length > 0) all.set(id, [...(all.get(id) ?? []), ...own]);
  }
  return { ok: true, value: all };
}

const movedBy = (copy: Copy, place: (c: number) => number): Copy => ({
  ...copy,
  kept: place(copy.kept),
  copy: place(copy.copy),
});

type Refusal = 'bends' | 'negative-slope' | 'own-parameters' | 'joined';

/** Null where f(slope · x + intercept) = slope · f(x) + f(intercept): linear operators, and maxima of a rising function. */
function whyNot(operator: Operator, { slope, intercept }: Copy, inputs: number): Refusal | null {
  if (inputs > 1) return 'joined';
  const rises = slope >= 0 ? null : 'negative-slope';
  switch (operator.kind) {
    case 'pool2d':
    case 'adaptive_pool2d':
      return operator.function === 'average' ? null : rises;
    case 'reduce':
      return operator.function === 'mean' || operator.function === 'sum' ? null : rises;
    case 'resize':
    case 'dropout':
    case 'slice':
    case 'reshape':
      return null;
    case 'pad':
      return operator.mode === 'constant' && operator.value !== 0 ? 'bends' : null;
    case 'activation':
      if (operator.function === 'none') return null;
      if (operator.function !== 'relu' && operator.function !== 'leaky_relu') return 'bends';
      return intercept === 0 ? rises : 'bends';
    case 'batch_norm2d':
    case 'prelu':
      return 'own-parameters';
    default:
      return 'bends';
  }
}

/** The weights of a layer that reads copies, those of each copy added to the channel that stays. Layers of one group alone. */
export function withMergedColumns(
  operator: Operator,
  parameters: ParameterValues,
  copies: readonly Copy[],
): ParameterValues {
  const weight = Float32Array.from(parameters.weight);
  const [rows, columns, taps] = layoutOf(operator, weight.length);
  for (const { kept, copy, slope } of copies)
    for (let row = 0; row < rows; row++)
      for (let tap = 0; tap < taps; tap++) {
        const at = (column: number) => (row * columns + column) * taps + tap;
        weight[at(kept)] = weight[at(kept)]! + slope * parameters.weight[at(copy)]!;
      }
  return { ...parameters, weight };
}

/** Weights as [rows][input channels][taps]. */
function layoutOf(operator: Operator, length: number): readonly [rows: number, columns: number, taps: number] {
  switch (operator.kind) {
    case 'conv2d':
      return [operator.outChannels, operator.inChannels, operator.kernelSize[0] * operator.kernelSize[1]];
    case 'conv_transpose2d':
      // [Cin, Cout, kh, kw]: one row of input channels with all that each has.
      return [1, operator.inChannels, length / operator.inChannels];
    case 'linear':
      return [operator.outFeatures, operator.inFeatures, 1];
    default:
      throw new Error(`${operator.kind} makes no channels of its own`);
  }
}
