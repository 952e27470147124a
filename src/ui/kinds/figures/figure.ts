/** What every figure of a kind is a function of. */
import type { Engine } from '../../../engine/engine.ts';
import type { KindOutput, Output } from '../../../live/results.ts';

export interface FigureProps {
  readonly engine: Engine;
  /** The newest maps; `output.parts` has those of the layer's source and of each of its parts. */
  readonly output: Output;
  /** `output.kind`: the layer that the maps are of. The workspace may be a step ahead. */
  readonly kind: KindOutput;
}
