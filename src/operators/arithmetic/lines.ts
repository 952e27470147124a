/**
 * Arithmetic in float32, line by line: the last axes along which each tensor goes on by a fixed step, or stands still, are one line. A loop
 * for each function, since a function that is called for every value costs ten times what it computes.
 */
import type { FloatArray, HostTensor, Shape } from '../operator.ts';
import type { ArithmeticFunction } from './attributes.ts';
import { broadcastSteps } from './reference.ts';

/** A tensor along a line. */
interface Walk {
  readonly values: FloatArray;
  at: number;
  readonly step: number;
}

/** Fills `values`, of the broadcast shape `shape`. */
export function combineLines(
  name: ArithmeticFunction,
  [left, right]: readonly [HostTensor, HostTensor],
  shape: Shape,
  values: Float32Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const [l, r] = [broadcastSteps(left.shape), broadcastSteps(right.shape)];
  let [length, ofLeft, ofRight] = [1, 0, 0];
  let axis = 3;
  for (; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (size === 1) continue;
    if (length === 1) [ofLeft, ofRight] = [l[axis]!, r[axis]!];
    else if (l[axis] !== ofLeft * length || r[axis] !== ofRight * length) break;
    length *= size;
  }
  const a: Walk = { values: left.values, at: 0, step: ofLeft };
  const b: Walk = { values: right.values, at: 0, step: ofRight };
  const place = [0, 0, 0, 0];
  for (let to = 0; to < values.length; to += length) {
    combineLine(name, a, b, values, to, length);
    // On to the next line, as digits are counted up.
    for (let i = axis; i >= 0; i--) {
      a.at += l[i]!;
      b.at += r[i]!;
      place[i] = place[i]! + 1;
      if (place[i]! < shape[i]!) break;
      a.at -= l[i]! * shape[i]!;
      b.at -= r[i]! * shape[i]!;
      place[i] = 0;
    }
  }
  return values;
}

function combineLine(
  name: ArithmeticFunction,
  { values: a, at: i, step: p }: Walk,
  { values: b, at: j, step: q }: Walk,
  to: Float32Array,
  first: number,
  length: number,
): void {
  switch (name) {
    case 'add':
      for (let k = 0; k < length; k++) to[first + k] = a[i + k * p]! + b[j + k * q]!;
      return;
    case 'subtract':
      for (let k = 0; k < length; k++) to[first + k] = a[i + k * p]! - b[j + k * q]!;
      return;
    case 'multiply':
      for (let k = 0; k < length; k++) to[first + k] = a[i + k * p]! * b[j + k * q]!;
      return;
    case 'divide':
      for (let k = 0; k < length; k++) to[first + k] = a[i + k * p]! / b[j + k * q]!;
      return;
    case 'power':
      for (let k = 0; k < length; k++) to[first + k] = a[i + k * p]! ** b[j + k * q]!;
      return;
    case 'minimum':
      for (let k = 0; k < length; k++) to[first + k] = Math.min(a[i + k * p]!, b[j + k * q]!);
      return;
    case 'maximum':
      for (let k = 0; k < length; k++) to[first + k] = Math.max(a[i + k * p]!, b[j + k * q]!);
      return;
    default:
      name satisfies never;
  }
}
