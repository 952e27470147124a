/** The parts of the pictures that excite a channel most: what the strongest unit of each picture sees. */
import { fieldsOf } from '../../graph/field/receptiveField.ts';
import type { NodeId } from '../../graph/graph.ts';
import { inferShapes } from '../../graph/infer.ts';
import type { Picture } from '../results.ts';
import type { Excitement } from './excitement.ts';
import type { ChannelsSubject } from './subject.ts';

export interface ExcitingPatch extends Excitement {
  /** On the picture; what lies in its padding is cut off. */
  readonly box: { readonly y: number; readonly x: number; readonly height: number; readonly width: number };
}

/** `found`: of one channel, the largest first. At most `most` patches, none where the response is not above 0. */
export function patchesOf(
  subject: ChannelsSubject,
  pictures: readonly Picture[],
  node: NodeId,
  found: readonly Excitement[],
  most: number,
): readonly ExcitingPatch[] {
  const first = pictures[0];
  if (!first) return [];
  const { height, width } = first;
  const graph = subject.graphAt(height, width, 1);
  const channels = subject.read(first).length / (height * width);
  const shapes = inferShapes(graph, { [subject.input]: [1, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return found
    .filter(({ value }) => value > 0)
    .slice(0, most)
    .flatMap((each): ExcitingPatch[] => {
      const unit = { h: { lo: each.y, hi: each.y }, w: { lo: each.x, hi: each.x } };
      const field = fieldsOf(graph, shapes.value, node, unit)[subject.input];
      if (!field) return [];
      const { h, w } = field;
      const [top, left] = [Math.max(0, h.lo), Math.max(0, w.lo)];
      const size = { height: Math.min(height - 1, h.hi) - top + 1, width: Math.min(width - 1, w.hi) - left + 1 };
      return [{ ...each, box: { y: top, x: left, ...size } }];
    });
}
