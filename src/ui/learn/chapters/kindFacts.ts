/** What figures of a layer of another kind answer from. */
import type { KindAttributes } from '../../../graph/layers/kindAttributes.ts';
import type { KindOutput } from '../../../live/results.ts';
import type { FigureFacts } from './chapter.ts';

/** The layer whose maps are on the screen; null while those of the newest state are not there. */
export function shownKind({ workspace, results }: FigureFacts): KindOutput | null {
  const kind = results.output?.kind;
  return kind?.from === 'bank' && kind.state === workspace.kind ? kind : null;
}

/** Whether both sides of an attribute are `value`. */
export function isSquare(
  attributes: KindAttributes,
  name: 'kernelSize' | 'stride' | 'dilation',
  value: number,
): boolean {
  return attributes[name].every((side) => side === value);
}
