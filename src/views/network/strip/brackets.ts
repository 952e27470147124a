/** The open blocks of a network as brackets over their stages: what stands in a block, and where it can be closed again. */
import type { NodeId } from '../../../graph/graph.ts';
import type { Strip } from './strip.ts';

export interface Bracket {
  readonly block: string;
  readonly x: number;
  readonly width: number;
  /** 0: the outermost line. */
  readonly level: number;
}

/** `open`: blocks with their nodes, outer ones before those that they hold (`blocksOf`). */
export function bracketsOf({ items }: Strip, open: ReadonlyMap<string, readonly NodeId[]>): readonly Bracket[] {
  const made: Bracket[] = [];
  for (const [block, nodes] of open) {
    const members = new Set(nodes);
    const inside = items.filter(({ stage }) => stage.members.every((id) => members.has(id)));
    if (inside.length === 0) continue;
    const x = Math.min(...inside.map(({ area }) => area.x));
    const width = Math.max(...inside.map(({ area }) => area.x + area.width)) - x;
    // Branches of a block are beside each other in depth, not in columns: each on a line of its own.
    const above = made.filter((other) => other.x < x + width && x < other.x + other.width);
    made.push({ block, x, width, level: 1 + Math.max(-1, ...above.map(({ level }) => level)) });
  }
  return made;
}
