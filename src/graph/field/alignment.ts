/**
 * Do the paths to a layer agree about where its units stand? Where they do, one centre and one jump hold for all of them; where a branch
 * pads or sub-samples otherwise, the join adds up maps that are shifted against each other (Araujo et al. 2019, "Alignment issues").
 */
import type { Graph, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';
import { onPicture, type Placement, placedThrough } from './place.ts';

/** Through one input of a join; the gate of a squeeze-excite, which stands nowhere, is none. */
export interface AlignedPath {
  readonly input: NodeId;
  /** Of every path through this input, as far as they differ. */
  readonly placements: readonly Placement[];
}

export interface Misalignment {
  /** The node where paths meet whose placements differ. */
  readonly join: NodeId;
  readonly paths: readonly AlignedPath[];
}

/** A network may have very many paths; more placements than so many are not told apart. */
const mostPlacements = 16;

/** The joins on the way to node `id` whose inputs do not stand alike on node `picture`; empty where all paths are aligned. */
export function misalignmentsOf(graph: Graph, shapes: Shapes, id: NodeId, picture: NodeId): readonly Misalignment[] {
  const wanted = ancestorsOf(graph, id);
  const known = new Map<NodeId, readonly Placement[]>([[picture, [onPicture]]]);
  const found: Misalignment[] = [];
  for (const { id: node, operator, inputs } of graph.nodes) {
    if (!wanted.has(node) || inputs.length === 0) continue;
    const around = { inputs: inputs.map((input) => shapes[input]!), output: shapes[node]! };
    const paths = inputs.map((input, i) => ({
      input,
      placements: distinct(
        (known.get(input) ?? [])
          .map((below) => placedThrough(below, operator, i, around))
          .filter((placement) => placement !== null),
      ),
    }));
    const all = distinct(paths.flatMap(({ placements }) => placements));
    known.set(node, all);
    // A join that only passes on what an earlier one has mixed is not the cause.
    const isCause = paths.some(({ placements }) => placements.length > 0 && placements.length < all.length);
    // Parts that are laid side by side are meant to stand apart.
    if (isCause && !(operator.kind === 'concat' && operator.axis !== 1))
      found.push({ join: node, paths: paths.filter(({ placements }) => placements.length > 0) });
  }
  return found;
}

function ancestorsOf({ nodes }: Graph, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set([id]);
  for (const node of nodes.toReversed()) if (found.has(node.id)) for (const input of node.inputs) found.add(input);
  return found;
}

function distinct(placements: readonly Placement[]): readonly Placement[] {
  const kept: Placement[] = [];
  for (const placement of placements)
    if (kept.length < mostPlacements && !kept.some((other) => isSame(other, placement))) kept.push(placement);
  return kept;
}

/** Jumps of 1/3 and the like are not exact. */
const tolerance = 1e-6;

function isSame(a: Placement, b: Placement): boolean {
  return ([0, 1] as const).every(
    (axis) =>
      Math.abs(a.jump[axis] - b.jump[axis]) < tolerance && Math.abs(a.centre[axis] - b.centre[axis]) < tolerance,
  );
}
