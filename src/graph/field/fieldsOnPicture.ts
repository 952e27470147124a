/**
 * The fields of all layers on the picture at once, in one pass from the picture on. Along an axis, output u of most operators reads the
 * interval s u + lo .. s u + hi of its input, so the composition of two of them does too: a layer's field on the picture is such a line for
 * every path with its own scale, and the hull of those. Behind operators whose units differ (transposed, resized, pooled to a size), and
 * there alone, each layer is asked by itself (`fieldOnPicture.ts`).
 */
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Axis, Pair, Surroundings } from '../../operators/operator.ts';
import { dimensionOf } from '../../operators/tensors.ts';
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { type FieldOnPicture, fieldOnPicture, jumpThrough, phasesOf } from './fieldOnPicture.ts';

/** By scale: what unit 0 reads, first and last, over all paths of that scale. */
type Lines = ReadonlyMap<number, { readonly lo: number; readonly hi: number }>;

interface OnPicture {
  readonly lines: Readonly<Record<Axis, Lines>>;
}

const axes = ['h', 'w'] as const;

/** Of every node; null for those that read none of `picture`, an input. */
export function fieldsOnPicture(
  graph: Graph,
  shapes: Shapes,
  picture: NodeId,
): Readonly<Record<NodeId, FieldOnPicture | null>> {
  const known = new Map<NodeId, OnPicture | 'one by one' | null>();
  const jumps = new Map<NodeId, Pair>();
  const fields: Record<NodeId, FieldOnPicture | null> = {};
  for (const { id, operator, inputs } of graph.nodes) {
    const output = shapes[id]!;
    const around: Surroundings = { inputs: inputs.map((input) => shapes[input]!), output };
    jumps.set(id, [
      jumpThrough(operator, inputs, around, 'h', jumps),
      jumpThrough(operator, inputs, around, 'w', jumps),
    ]);
    known.set(id, id === picture ? itself : behind(operator, inputs, around, known));
    const field = known.get(id)!;
    if (field === null) fields[id] = null;
    else if (field === 'one by one') fields[id] = fieldOnPicture(graph, shapes, id, picture);
    else fields[id] = { ...extentOf(field), jump: jumps.get(id)! };
  }
  return fields;
}

const unitLine: Lines = new Map([[1, { lo: 0, hi: 0 }]]);
const itself: OnPicture = { lines: { h: unitLine, w: unitLine } };

function behind(
  operator: Operator,
  inputs: readonly NodeId[],
  around: Surroundings,
  known: ReadonlyMap<NodeId, OnPicture | 'one by one' | null>,
): OnPicture | 'one by one' | null {
  const read = inputs.flatMap((input, i) => {
    const field = known.get(input) ?? null;
    return field === null ? [] : [{ field, i }];
  });
  if (read.length === 0) return null;
  const phases = phasesOf(operator, around.output);
  const lines = { h: new Map<number, { lo: number; hi: number }>(), w: new Map<number, { lo: number; hi: number }>() };
  for (const { field, i } of read) {
    if (field === 'one by one' || phases[0] > 1 || phases[1] > 1) return 'one by one';
    for (const axis of axes) {
      const own = lineOf(operator, axis, i, around);
      if (!own) return 'one by one';
      for (const [scale, { lo, hi }] of field.lines[axis]) {
        // A mirrored axis has its last first.
        const [from, to] = scale < 0 ? [own.hi, own.lo] : [own.lo, own.hi];
        const through = { lo: scale * from + lo, hi: scale * to + hi };
        const same = lines[axis].get(scale * own.scale);
        lines[axis].set(
          scale * own.scale,
          same ? { lo: Math.min(same.lo, through.lo), hi: Math.max(same.hi, through.hi) } : through,
        );
      }
    }
  }
  return { lines };
}

/** What output 0 reads of input `i` and the rows from one output to the next; null where outputs are on no line, as of a mirrored border. */
function lineOf(operator: Operator, axis: Axis, i: number, around: Surroundings) {
  const dimension = dimensionOf(axis);
  const size = around.inputs[i]![dimension];
  const at = (unit: number) => rulesOf(operator).inputInterval(operator, axis, { lo: unit, hi: unit }, size, i, around);
  const [first, second] = [at(0), at(1)];
  const scale = second.lo - first.lo;
  // Outputs in the padding of what follows are asked too.
  const end = around.output[dimension];
  const isOnLine = [-2, 1, Math.floor(end / 2), end - 1, end + 1].every((unit) => {
    const { lo, hi } = at(unit);
    return lo === first.lo + scale * unit && hi === first.hi + scale * unit;
  });
  return isOnLine ? { ...first, scale } : null;
}

function extentOf({ lines }: OnPicture): Pick<FieldOnPicture, 'size' | 'start'> {
  const first = (axis: Axis) => Math.min(...[...lines[axis].values()].map(({ lo }) => lo));
  const last = (axis: Axis) => Math.max(...[...lines[axis].values()].map(({ hi }) => hi));
  const [top, left] = [first('h'), first('w')];
  return { size: [last('h') - top + 1, last('w') - left + 1], start: [top, left] };
}
