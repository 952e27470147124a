/** Padding as an operator of its own, on all four axes; a negative number crops. Modes as ONNX names them (edge: replicate, wrap: circular). */
import type { Quad } from '../tensors.ts';

export const padModes = ['constant', 'reflect', 'edge', 'wrap'] as const;
export type PadMode = (typeof padModes)[number];

export interface Pad {
  readonly kind: 'pad';
  readonly before: Quad;
  readonly after: Quad;
  readonly mode: PadMode;
  /** What `constant` pads with. */
  readonly value: number;
}
