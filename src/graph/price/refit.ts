/**
 * A network after a change somewhere in it: every node behind is brought up to date with what it reads now, in channels, rows and columns.
 * Depthwise layers stay depthwise with their multiplier, other groups become the largest number not above theirs that divides, features of
 * a fully connected layer are counted anew, parts that are cut out of a map stay the same share of it, and maps that met meet again
 * (`meetingSizes.ts`).
 */
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Result, Shape } from '../../operators/operator.ts';
import type { Resize } from '../../operators/resize/attributes.ts';
import type { Slice } from '../../operators/slice/attributes.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';
import { isDepthwise, varyOperator } from '../growth/varyOperator.ts';
import type { GraphError, Shapes } from '../infer.ts';
import { sized, type WantedSizes, wantedAt } from './meetingSizes.ts';

/** A valid network and its shapes. */
export interface Network {
  readonly graph: Graph;
  readonly shapes: Shapes;
}

export interface Refit {
  /** The network before; nodes that it does not have are taken as they are. */
  readonly from: Network;
  /** Shapes of the input nodes. */
  readonly inputs: Shapes;
  /** Output channels of the nodes that choose them; a node without an entry keeps its own. */
  readonly channels?: Readonly<Record<NodeId, number>>;
}

/** `changed` with all sizes brought up to date, or the first reason why that is no network. */
export function refit(changed: Graph, how: Refit): Result<Network, GraphError> {
  let sizes: WantedSizes = new Map();
  for (;;) {
    const { result, wanted } = refitted(changed, how, sizes);
    // A node that has been asked already cannot do it.
    if (!wanted || [...wanted.keys()].some((id) => sizes.has(id))) return result;
    sizes = new Map([...sizes, ...wanted]);
  }
}

interface Refitted {
  readonly result: Result<Network, GraphError>;
  /** Where maps do not meet any more: sizes with which they would. */
  readonly wanted: WantedSizes | null;
}

function refitted(changed: Graph, { from, inputs, channels = {} }: Refit, sizes: WantedSizes): Refitted {
  const former = new Map(from.graph.nodes.map((node) => [node.id, node]));
  const shapes: Record<NodeId, Shape> = {};
  const nodes: GraphNode[] = [];
  for (const node of changed.nodes) {
    const isInput = node.operator.kind === 'input';
    const reads = isInput ? [inputs[node.id]!] : node.inputs.map((id) => shapes[id]!);
    const formerRead = isInput ? node.id : former.get(node.id)?.inputs[0];
    const before = formerRead === undefined ? undefined : from.shapes[formerRead];
    const own = before ? fitted(node.operator, before, reads[0]!, channels[node.id]) : node.operator;
    if (!own) {
      const message = `${node.operator.kind} '${node.id}' is written for one size of its input`;
      const values = { id: node.id, kind: node.operator.kind };
      return { result: { ok: false, error: { code: 'fixed-size', values, message, node: node.id } }, wanted: null };
    }
    const size = sizes.get(node.id);
    const operator = (size && sized(own, reads[0]!, size)) ?? own;
    const shape = rulesOf(operator).outputShape(operator, reads);
    if (!shape.ok) {
      const error = { ...shape.error, node: node.id };
      return { result: { ok: false, error }, wanted: wantedAt(node, { nodes }, shapes, from) };
    }
    shapes[node.id] = shape.value;
    nodes.push({ ...node, operator });
  }
  return { result: { ok: true, value: { graph: { nodes }, shapes } }, wanted: null };
}

/** One operator, whose first input was `before` and is `after`; null where it says too much about sizes. */
function fitted(operator: Operator, before: Shape, after: Shape, wanted: number | undefined): Operator | null {
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d': {
      const inChannels = after[1];
      if (isDepthwise(operator)) {
        const multiplier = operator.outChannels / operator.inChannels;
        return { ...operator, inChannels, groups: inChannels, outChannels: inChannels * multiplier };
      }
      const outChannels = wanted ?? operator.outChannels;
      return { ...operator, inChannels, outChannels, groups: groupsFor(operator.groups, inChannels, outChannels) };
    }
    case 'locally_connected2d':
      return {
        ...operator,
        inChannels: after[1],
        inputSize: [after[2], after[3]],
        outChannels: wanted ?? operator.outChannels,
      };
    case 'linear':
      return { ...operator, inFeatures: after[1], outFeatures: wanted ?? operator.outFeatures };
    case 'group_norm':
      return { ...operator, numChannels: after[1], numGroups: groupsFor(operator.numGroups, after[1]) };
    case 'channel_shuffle':
      return { ...operator, groups: groupsFor(operator.groups, after[1]) };
    case 'slice':
      return sameShare(operator, before, after);
    case 'resize':
      return sameEnlargement(operator, before, after);
    case 'reshape':
      if (elementsOf(before) === elementsOf(after)) return operator;
      return varyOperator(operator, changeOf(before, after));
    case 'permute':
      return operator;
    default:
      return varyOperator(operator, changeOf(before, after));
  }
}

function changeOf(before: Shape, after: Shape) {
  return { before, after, kernel: null, outFactor: 1, maps: null };
}

function elementsOf(shape: Shape): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** The largest number of groups not above `wanted` that divides all of `counts`. */
export function groupsFor(wanted: number, ...counts: readonly number[]): number {
  let groups = Math.max(1, wanted);
  while (counts.some((count) => count % groups !== 0)) groups--;
  return groups;
}

/** Where a cut through `before` rows (channels, ...) lies among `after`. */
export function movedCut(cut: number, before: number, after: number): number {
  return Math.round((cut * after) / before);
}

function sameShare(slice: Slice, before: Shape, after: Shape): Slice {
  const axes = [0, 1, 2, 3] as const;
  const starts = axes.map((axis) => movedCut(slice.start[axis], before[axis], after[axis]));
  const counts = axes.map((axis) => {
    const [from, count, step] = [slice.start[axis], slice.count[axis], slice.step[axis]];
    if (before[axis] === after[axis]) return count;
    if (step !== 1) return Math.max(1, movedCut(count, before[axis], after[axis]));
    return movedCut(from + count, before[axis], after[axis]) - starts[axis]!;
  });
  const quad = ([n, c, h, w]: readonly number[]) => [n!, c!, h!, w!] as const;
  return { ...slice, start: quad(starts), count: quad(counts) };
}

/** A size in pixels follows the map; a factor stays. */
function sameEnlargement(resize: Resize, before: Shape, after: Shape): Resize {
  if (!resize.size) return resize;
  const [h, w] = resize.size;
  return {
    ...resize,
    size: [Math.max(1, movedCut(h, before[2], after[2])), Math.max(1, movedCut(w, before[3], after[3]))],
  };
}
