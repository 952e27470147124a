/**
 * A run of a graph as a value: which operators are computed together, in which order, which maps are kept and how they lie, where one
 * is repacked for those that want it otherwise, after which step each is read no more, and how large a buffer each is given.
 *
 * Maps that do not fit beside the rest are not kept: whoever reads them has them computed again, piece by piece, from what is kept
 * before them. Those then live on to that reader.
 */
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import type { Shapes } from '../../../graph/infer.ts';
import { type ArrayShape, bytesOf, type Layout } from '../../../operators/programs/layout.ts';
import { wholeArray } from '../../../operators/programs/passes.ts';
import { fitsBindings, partShapes } from '../maps/arrays.ts';
import { fuse } from './fuse.ts';
import { type Fusion, lastOf } from './fusion.ts';
import { type Lifetime, placesOf } from './slots.ts';

/** How an operator wants its inputs and leaves its maps. */
export interface Needs {
  /** null: as they come. It takes what it needs by itself (a border, a band), or does not mind. */
  readonly inputs: readonly (Layout | null)[];
  /** null: as the first input came. */
  readonly output: Layout | null;
  /** Arrays that only its own programs see. */
  readonly scratch: readonly ArrayShape[];
}

/** What memory there is, in bytes. */
export interface Memory {
  readonly budget: number;
  /** Of the budget, what is free before the run. */
  readonly room: number;
  readonly maxBinding: number;
}

/** Maps of a node in a layout: what has a life. */
export interface Held {
  readonly node: NodeId;
  readonly layout: Layout;
}

interface Common {
  /** What is read for the last time. */
  readonly dead: readonly Held[];
  /** Bytes of the buffers that each array of the step is given, part by part: the node's own, then those before its activation. */
  readonly places: readonly (readonly number[])[];
}

export type Step =
  | (Common & { readonly kind: 'compute'; readonly fusion: Fusion })
  /** Maps that are there are written again in the layout of their next reader. */
  | (Common & { readonly kind: 'repack'; readonly held: Held })
  /** The same maps under another name. */
  | (Common & { readonly kind: 'same'; readonly node: NodeId; readonly of: NodeId });

export interface GraphPlan {
  readonly steps: readonly Step[];
  /** By the node whose maps they leave; of the nodes that are not kept as well. */
  readonly fusions: ReadonlyMap<NodeId, Fusion>;
  /** What is made, and for how long: the arrays in their parts, and what the programs of a step need besides. */
  readonly lifetimes: readonly Lifetime[];
  /** Bytes that must be free for it, where all is kept; absent where maps are left out for want of room, or where nobody asks. */
  readonly room?: number;
}

/** `needsOf`: asked once for every fusion. `held`: as for `fuse`. */
export function planGraph(
  graph: Graph,
  shapes: Shapes,
  outputs: readonly NodeId[],
  needsOf: (fusion: Fusion) => Needs,
  memory: Memory,
  held: ReadonlySet<NodeId> = new Set(),
): GraphPlan {
  const fusions = new Map(fuse(graph, shapes, outputs, held).map((fusion) => [lastOf(fusion), fusion]));
  const needs = new Map([...fusions].map(([id, fusion]) => [id, needsOf(fusion)]));
  const inputs = graph.nodes.filter(({ operator }) => operator.kind === 'input');
  const problem: Problem = { shapes, outputs, fusions, needs, inputs, memory };
  const skipped = new Set<NodeId>();
  let isWhole = true;
  for (;;) {
    const lives = livesOf(problem, skipped);
    const { crowded, room } = roomOf(problem, lives);
    if (crowded !== null) isWhole = false;
    const left = crowded ?? firstUnread(lives);
    if (left === null) return { ...planOf(problem, lives), ...(isWhole && { room }) };
    skipped.add(left);
  }
}

interface Problem {
  readonly shapes: Shapes;
  readonly outputs: readonly NodeId[];
  readonly fusions: ReadonlyMap<NodeId, Fusion>;
  readonly needs: ReadonlyMap<NodeId, Needs>;
  readonly inputs: readonly GraphNode[];
  readonly memory: Memory;
}

type Action =
  | { readonly kind: 'compute'; readonly node: NodeId; readonly fusion: Fusion }
  | { readonly kind: 'repack'; readonly held: Held }
  | { readonly kind: 'same'; readonly node: NodeId; readonly of: NodeId };

interface Life {
  readonly held: Held;
  readonly from: number;
  to: number;
}

interface Lives {
  readonly actions: readonly Action[];
  readonly made: readonly Life[];
  /** Bytes of scratch by action. */
  readonly scratch: readonly number[];
}

/** All but `skipped` computed in order, each repacked before its first reader that wants it otherwise. */
function livesOf({ shapes, outputs, fusions, needs, inputs, memory }: Problem, skipped: ReadonlySet<NodeId>): Lives {
  const actions: Action[] = [];
  const scratch: number[] = [];
  const made: Life[] = [];
  const layouts = new Map<NodeId, Layout>(inputs.map(({ id }) => [id, 'planar']));
  const names = new Map<NodeId, NodeId>();
  const nameOf = (id: NodeId): NodeId => names.get(id) ?? id;
  const lives = new Map<string, Life>();
  const find = (id: NodeId, layout: Layout) => lives.get(`${layout} ${id}`);
  const live = (life: Life): void => {
    made.push(life);
    lives.set(`${life.held.layout} ${life.held.node}`, life);
  };
  const layoutOf = (id: NodeId): Layout => {
    const node = nameOf(id);
    const fusion = fusions.get(node);
    return layouts.get(node) ?? (fusion && needs.get(node)!.output) ?? layoutOf(fusion!.head.inputs[0]!);
  };
  const act = (action: Action, room = 0): number => {
    scratch.push(room);
    return actions.push(action) - 1;
  };
  const make = (node: NodeId, layout: Layout, from: number): void => {
    live({ held: { node, layout }, from, to: outputs.some((id) => nameOf(id) === node) ? Infinity : from });
  };
  /** Maps of `id` are read by the next action, in `layout` where it is said: of those not kept, what they are computed from. */
  const read = (id: NodeId, layout: Layout | null): (() => void) => {
    const node = nameOf(id);
    const lies = layouts.get(node);
    if (lies === undefined) {
      const before = readsOf(fusions.get(node)!, needs.get(node)!).map(([from]) => read(from, null));
      return () => {
        for (const touch of before) touch();
      };
    }
    const shape = shapes[node]!;
    const wanted = layout ?? lies;
    const isWhole = wanted === lies || bytesOf(wholeArray(shape, wanted)) <= memory.maxBinding;
    const target = isWhole ? wanted : lies;
    if (target !== lies && !find(node, target)) {
      const at = act({ kind: 'repack', held: { node, layout: target } });
      const original = find(node, lies);
      if (original) original.to = Math.max(original.to, at);
      live({ held: { node, layout: target }, from: at, to: at });
    }
    return () => {
      const life = find(node, target);
      if (life) life.to = Math.max(life.to, actions.length - 1);
    };
  };

  for (const [node, fusion] of fusions) {
    const need = needs.get(node)!;
    if (isSame(fusion)) {
      const of = nameOf(fusion.head.inputs[0]!);
      names.set(node, of);
      if (!layouts.has(of)) continue;
      const at = act({ kind: 'same', node, of });
      const original = find(of, layoutOf(of));
      if (original) original.to = outputs.includes(node) ? Infinity : Math.max(original.to, at);
      continue;
    }
    if (skipped.has(node)) continue;
    const layout = layoutOf(node);
    const touches = readsOf(fusion, need).map(([id, wanted]) => read(id, wanted));
    const at = act(
      { kind: 'compute', node, fusion },
      need.scratch.reduce((sum, array) => sum + bytesOf(array), 0),
    );
    for (const touch of touches) touch();
    for (const id of fusion.before === null ? [node] : [node, fusion.before]) {
      layouts.set(id, layout);
      // An activation that does nothing leaves one array under two names.
      if (id !== node && fusion.activation === 'none') {
        names.set(id, node);
        made.at(-1)!.to = Infinity;
      } else make(id, layout, at);
    }
  }
  return { actions, made, scratch };
}

/** What is computed from what, and how it is wanted. */
function readsOf({ head, residual }: Fusion, { inputs, output }: Needs): readonly (readonly [NodeId, Layout | null])[] {
  const reads = head.inputs.map((id, i) => [id, inputs[i] ?? null] as const);
  return residual === null ? reads : [...reads, [residual, output]];
}

/** Operators that change nothing. */
function isSame({ head, joined }: Fusion): boolean {
  const { operator } = head;
  return (
    joined.length === 0 &&
    (operator.kind === 'dropout' || (operator.kind === 'activation' && operator.function === 'none'))
  );
}

/**
 * The first node whose maps cannot be kept: they do not fit bindings, are more than half of the budget, or leave less than a quarter
 * of it for sweeps beside what lives at the time. Where there is none, the bytes that all need at most at a time, with that quarter.
 */
function roomOf(
  { shapes, memory }: Problem,
  { actions, made }: Lives,
): { readonly crowded: NodeId | null; readonly room: number } {
  const bytesOfAll = (lives: readonly Life[]): number => lives.reduce((sum, { held }) => sum + sizeOf(shapes, held), 0);
  const [starting, ending] = [groupedBy(made, 'from'), groupedBy(made, 'to')];
  // Of what was made before and is still read: sums of whole numbers, which nothing is lost of.
  let alive = 0;
  let before = 0;
  let room = 0;
  for (const [at, action] of actions.entries()) {
    const own = starting.get(at) ?? [];
    const bytes = bytesOfAll(own);
    alive += before - bytesOfAll(ending.get(at - 1) ?? []);
    before = bytes;
    if (action.kind !== 'compute') continue;
    room = Math.max(room, bytes + alive + memory.budget / 4);
    const fits =
      own.every(({ held }) => fitsBindings(wholeArray(shapes[held.node]!, held.layout), memory)) &&
      bytes <= memory.budget / 2 &&
      room <= memory.room;
    if (!fits) return { crowded: action.node, room };
  }
  return { crowded: null, room };
}

/** The first node that nobody reads any more: what it was for is not kept, and computed from what is before it. */
function firstUnread({ made }: Lives): NodeId | null {
  return made.find(({ from, to }) => from === to)?.held.node ?? null;
}

/** A step of training has hundreds of lives: none is searched for twice. */
function groupedBy(lives: readonly Life[], end: 'from' | 'to'): ReadonlyMap<number, readonly Life[]> {
  const groups = new Map<number, Life[]>();
  for (const life of lives) {
    const group = groups.get(life[end]);
    if (group) group.push(life);
    else groups.set(life[end], [life]);
  }
  return groups;
}

function sizeOf(shapes: Shapes, { node, layout }: Held): number {
  return bytesOf(wholeArray(shapes[node]!, layout));
}

function planOf({ shapes, fusions, memory }: Problem, { actions, made, scratch }: Lives): GraphPlan {
  const parts = made.flatMap(({ held, from, to }) =>
    partShapes(wholeArray(shapes[held.node]!, held.layout), memory).map(({ shape }) => ({
      held,
      life: { bytes: bytesOf(shape), from, to } satisfies Lifetime,
    })),
  );
  const lives = parts.map(({ life }) => life);
  const places = placesOf(lives);
  const placesIn = new Map<Held, number[]>(made.map(({ held }) => [held, []]));
  for (const [i, { held }] of parts.entries()) placesIn.get(held)!.push(places[i]!);
  const [starting, ending] = [groupedBy(made, 'from'), groupedBy(made, 'to')];
  const steps = actions.map((action, at): Step => {
    const common = {
      dead: (ending.get(at) ?? []).map(({ held }) => held),
      places: (starting.get(at) ?? []).map(({ held }) => placesIn.get(held)!),
    };
    return { ...common, ...action };
  });
  const scratches = scratch.map((bytes, at) => ({ bytes, from: at, to: at }));
  return { steps, fusions, lifetimes: [...lives, ...scratches] };
}
