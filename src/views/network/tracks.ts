/** How edges go round nodes: straight where nothing is between, with one turn where a lane is free, else in a track between two lanes. */

interface Place {
  readonly column: number;
  readonly row: Row;
}

/** A run between the lane `above` which it stands and the one before, from gap to gap (columns and a half). */
export interface Arc {
  readonly above: number;
  readonly from: number;
  readonly to: number;
}

export type Route =
  | { readonly kind: 'straight' }
  /** Along the source's lane to the gap `at`, then along the target's. */
  | { readonly kind: 'turn'; readonly at: number }
  | { readonly kind: 'arc'; readonly arc: Arc };

/** A branch on its lane: where its nodes stand, and the columns that are kept for its edges. */
export interface Row {
  readonly lane: number;
  readonly first: number;
  readonly last: number;
  readonly columns: readonly number[];
}

/** Whether a row's lane is free for an edge of that row: no node in these columns, and nothing kept for another row. */
export type IsFree = (row: Row, first: number, last: number) => boolean;

export function freeCells(rows: readonly Row[]): IsFree {
  const kept = new Map<string, Row>();
  const nodes = new Set<string>();
  for (const row of rows) {
    for (let column = row.first; column <= row.last; column++) kept.set(`${row.lane} ${column}`, row);
    for (const column of row.columns) nodes.add(`${row.lane} ${column}`);
  }
  return (row, first, last) => {
    for (let column = first; column <= last; column++) {
      const cell = `${row.lane} ${column}`;
      if (nodes.has(cell) || (kept.get(cell) ?? row) !== row) return false;
    }
    return true;
  };
}

/** From a node of one row to a node of another, or of the same. */
export function routeOf(from: Place, to: Place, isFree: IsFree): Route {
  const [first, last] = [from.column + 1, to.column - 1];
  const { lane } = from.row;
  const arc = (above: number): Route => ({
    kind: 'arc',
    arc: { above, from: from.column + 0.5, to: to.column - 0.5 },
  });
  if (lane === to.row.lane) {
    const isStraight = isFree(from.row, first, last) || isFree(to.row, first, last);
    return isStraight ? { kind: 'straight' } : arc(lane);
  }
  if (isFree(to.row, first, last)) return { kind: 'turn', at: from.column + 0.5 };
  if (isFree(from.row, first, last)) return { kind: 'turn', at: to.column - 0.5 };
  return arc(to.row.lane > lane ? lane + 1 : lane);
}

export function arcsOf(routes: readonly Route[]): readonly Arc[] {
  return routes.flatMap((route) => (route.kind === 'arc' ? [route.arc] : []));
}

/** The track of every arc, 0 nearest to its lane: shorter arcs inside of longer ones, none over another on the same track. */
export function trackOf(arcs: readonly Arc[]): ReadonlyMap<Arc, number> {
  const tracks = new Map<Arc, number>();
  const inOrder = [...arcs].sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from || a.above - b.above);
  for (const arc of inOrder) {
    let track = 0;
    for (const [other, at] of tracks)
      if (other.above === arc.above && other.from <= arc.to && arc.from <= other.to) track = Math.max(track, at + 1);
    tracks.set(arc, track);
  }
  return tracks;
}
