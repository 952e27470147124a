/** Small things about tensors that the rules of many operators share. */
import type { Axis, Cost, FloatArray, Shape } from './operator.ts';

/** An axis of a shape: batch, channels, rows, columns. */
export type Dimension = 0 | 1 | 2 | 3;

/** One number for each axis. */
export type Quad = readonly [number, number, number, number];

export const dimensions: readonly Dimension[] = [0, 1, 2, 3];

export function dimensionOf(axis: Axis): Dimension {
  return axis === 'h' ? 2 : 3;
}

export function elementsOf(shape: Shape): number {
  return shape[0] * shape[1] * shape[2] * shape[3];
}

/** Elements from one entry of each axis to the next. */
export function stepsOf([, channels, height, width]: Shape): Shape {
  return [channels * height * width, height * width, width, 1];
}

/** The one input of an operator that reads one. */
export function only<T>(inputs: readonly T[]): T {
  const input = inputs[0];
  if (input === undefined || inputs.length !== 1) throw new Error(`expected one tensor, got ${inputs.length}`);
  return input;
}

/** The price of an operator without multiply-adds of taps. */
export function costWithoutMacs(output: Shape, parameters = 0): Cost {
  return { parameters, macs: 0, usefulMacs: 0, activationBytes: 4 * elementsOf(output) };
}

/** Calls `visit` with the place of every element, in order. */
export function everyElement(
  [images, channels, height, width]: Shape,
  visit: (n: number, c: number, y: number, x: number, index: number) => void,
): void {
  let index = 0;
  for (let n = 0; n < images; n++)
    for (let c = 0; c < channels; c++)
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) visit(n, c, y, x, index++);
}

export const rangeTo = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => i);

/** `shape` with one size changed. */
export function withSize(shape: Shape, dimension: Dimension, size: number): Shape {
  const [n, c, h, w] = shape.map((old, i) => (i === dimension ? size : old)) as [number, number, number, number];
  return [n, c, h, w];
}

export function largerOf(a: Float64Array, b: FloatArray): Float64Array {
  return a.map((value, i) => Math.max(value, b[i]!));
}
