/** Which channels of a layer go: those that were chosen there, and those that go along with others. */
import type { PlannedRemoval } from '../../../analysis/pruning/planRemoval.ts';
import type { SubjectLayer } from '../layers.ts';
import type { Chosen } from './choice.ts';
import type { PruneBase } from './pruneBase.ts';

export interface Gone {
  readonly chosen: ReadonlySet<number>;
  readonly along: ReadonlySet<number>;
}

/** `planned`: null where the choice cannot be carried out: then nothing goes along. */
export function goneOf(
  { removed, merges }: Chosen,
  planned: PlannedRemoval | null,
  { node, response, before, outChannels }: Pick<SubjectLayer, 'node' | 'response' | 'before' | 'outChannels'>,
): Gone {
  const own = merges.filter((merge) => [node, response, before].includes(merge.node)).map(({ copy }) => copy);
  const chosen = new Set([...(removed[node] ?? []), ...own]);
  const kept = new Set(planned?.kept[node] ?? Array.from({ length: outChannels }, (_, c) => c));
  const along = Array.from({ length: outChannels }, (_, c) => c).filter((c) => !kept.has(c) && !chosen.has(c));
  return { chosen, along: new Set(along) };
}

export interface GoesAlong {
  readonly label: string;
  readonly count: number;
}

/** Layers of which channels go along with those that were chosen elsewhere, in graph order. */
export function goesAlong({ subject }: PruneBase, chosen: Chosen, planned: PlannedRemoval): readonly GoesAlong[] {
  return subject.layers.flatMap((layer) => {
    const count = goneOf(chosen, planned, layer).along.size;
    return count > 0 ? [{ label: layer.label, count }] : [];
  });
}
