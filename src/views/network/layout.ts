/**
 * Where the nodes of a network stand, left to right: every node in the column behind the last of those that it reads, the longest path
 * straight on lane 0, each other branch on a lane of its own between its fork and its join (layered drawing as of Sugiyama et al. 1981,
 * with the lanes of branches in the place of crossing reduction). What passes by nodes runs in tracks between lanes, nested arcs one over
 * the other. Positions are abstract: columns and rows, of which one holds a node.
 */
import { type Branch, branchesOf, columnsOf, type LayoutNode } from './branches.ts';
import { type Arc, arcsOf, freeCells, type Route, type Row, routeOf, trackOf } from './tracks.ts';

export interface Cell {
  readonly column: number;
  /** 0: the main path; negative above it, positive below. */
  readonly lane: number;
  /** Where its centre is, in rows from the top. */
  readonly y: number;
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /**
   * From the centre of `from` to that of `to`: corners in columns (a gap between two is at .5) and rows, with horizontal and vertical
   * parts only. Between the two it crosses no node.
   */
  readonly path: readonly Point[];
}

export interface NetworkLayout {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly edges: readonly Edge[];
  readonly columns: number;
  /** Rows, tracks among them. */
  readonly rows: number;
}

/** How much of a row a track takes. */
const trackRows = 0.25;

export function layoutNetwork(nodes: readonly LayoutNode[]): NetworkLayout {
  const columns = columnsOf(nodes);
  const branches = branchesOf(nodes, columns);
  const rowOf = new Map<string, Row>();
  const lanes = lanesOf(branches).map((row, i) => {
    for (const id of branches[i]!.ids) rowOf.set(id, row);
    return row;
  });
  const isFree = freeCells(lanes);
  const place = (id: string) => ({ column: columns.get(id)!, row: rowOf.get(id)! });
  const routes = nodes.flatMap(({ id, inputs }) =>
    [...new Set(inputs)].map((from) => ({ from, to: id, route: routeOf(place(from), place(id), isFree) })),
  );
  const tracks = trackOf(arcsOf(routes.map(({ route }) => route)));
  const { yOf, rows } = heightsOf(
    lanes.map(({ lane }) => lane),
    tracks,
  );
  const trackY = (arc: Arc) => yOf(arc.above) - 0.5 - trackRows * (tracks.get(arc)! + 0.5);
  const centre = (id: string) => ({ x: columns.get(id)!, y: yOf(rowOf.get(id)!.lane) });
  const cells = nodes.map(({ id }): readonly [string, Cell] => {
    const { lane } = rowOf.get(id)!;
    return [id, { column: columns.get(id)!, lane, y: yOf(lane) }];
  });
  const edges = routes.map(
    ({ from, to, route }): Edge => ({
      from,
      to,
      path: pathOf(centre(from), centre(to), route, trackY),
    }),
  );
  return { cells: new Map(cells), edges, columns: 1 + Math.max(-1, ...columns.values()), rows };
}

/** Each branch on the nearest lane that is free for all that it takes; below before above. */
function lanesOf(branches: readonly Branch[]): readonly Row[] {
  const rows: Row[] = [];
  for (const { first, last, columns } of branches) {
    let lane = 0;
    const isTaken = () => rows.some((row) => row.lane === lane && row.first <= last && first <= row.last);
    while (isTaken()) lane = lane > 0 ? -lane : 1 - lane;
    rows.push({ lane, first, last, columns });
  }
  return rows;
}

/** Rows of the lanes: each has, above it, room for its tracks. */
function heightsOf(lanes: readonly number[], tracks: ReadonlyMap<Arc, number>) {
  const count = new Map<number, number>();
  for (const [{ above }, track] of tracks) count.set(above, Math.max(count.get(above) ?? 0, track + 1));
  const first = Math.min(0, ...lanes, ...count.keys());
  const last = Math.max(0, ...lanes, ...count.keys());
  const y = new Map<number, number>();
  let rows = 0;
  for (let lane = first; lane <= last; lane++) {
    rows += trackRows * (count.get(lane) ?? 0);
    y.set(lane, rows + 0.5);
    rows += 1;
  }
  return { yOf: (lane: number) => y.get(lane)!, rows };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function pathOf(start: Point, end: Point, route: Route, trackY: (arc: Arc) => number): readonly Point[] {
  switch (route.kind) {
    case 'straight':
      return [start, end];
    case 'turn':
      return [start, { x: route.at, y: start.y }, { x: route.at, y: end.y }, end];
    case 'arc': {
      const { from, to } = route.arc;
      const y = trackY(route.arc);
      return [start, { x: from, y: start.y }, { x: from, y }, { x: to, y }, { x: to, y: end.y }, end];
    }
    default:
      return route satisfies never;
  }
}
