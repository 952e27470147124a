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

/**
 * Of every open block that holds several stages. Of branches beside each other, whose brackets would stand one over the other, the first
 * has one: the block around them closes them all. `open`: blocks with their nodes, outer ones before those that they hold (`blocksOf`).
 */
export function bracketsOf({ items }: Strip, open: ReadonlyMap<string, readonly NodeId[]>): readonly Bracket[] {
  const made: Bracket[] = [];
  for (const [block, nodes] of open) {
    const members = new Set(nodes);
    const inside = items.filter(({ stage }) => stage.members.every((id) => members.has(id)));
    if (inside.length < 2) continue;
    const x = Math.min(...inside.map(({ area }) => area.x));
    const width = Math.max(...inside.map(({ area }) => area.x + area.width)) - x;
    const around = made.findLast((other) => block.startsWith(`${other.block}.`));
    const level = around ? around.level + 1 : 0;
    const isTaken = made.some((other) => other.level === level && other.x < x + width && x < other.x + other.width);
    if (!isTaken) made.push({ block, x, width, level });
  }
  return made;
}
