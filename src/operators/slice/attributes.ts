/** A part of a tensor: on each axis `count` entries from `start` on, `step` apart (negative: backwards). Indices are not negative. */
import type { Quad } from '../tensors.ts';

export interface Slice {
  readonly kind: 'slice';
  readonly start: Quad;
  readonly count: Quad;
  readonly step: Quad;
}
