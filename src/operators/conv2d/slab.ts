/** A part of a convolution's output, and what both host kernels need to know of the whole. */
import type { ParameterValues, Shape } from '../operator.ts';
import { outputSize, type Window } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { windowOf } from './padding.ts';

/** A part of the output: channels `channel`.. and rows `row`.. of one image of the batch. */
export interface Slab {
  readonly image: number;
  readonly channel: number;
  readonly channels: number;
  readonly row: number;
  readonly rows: number;
}

/** The two windows, and the output's rows and columns. */
export interface Geometry {
  readonly vertical: Window;
  readonly horizontal: Window;
  readonly rows: number;
  readonly columns: number;
}

export function geometryOf(conv: Conv2d, input: Shape): Geometry {
  const vertical = windowOf(conv, 'h', input[2]);
  const horizontal = windowOf(conv, 'w', input[3]);
  return { vertical, horizontal, rows: outputSize(vertical), columns: outputSize(horizontal) };
}

export function weightsOf(parameters: ParameterValues | null): ParameterValues {
  if (!parameters) throw new Error('a convolution needs weights');
  return parameters;
}
