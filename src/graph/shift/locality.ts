/**
 * Which outputs notice that a patch of the photo is gone: those whose field meets it, of a convolution; all of them, of a fully connected
 * layer (Goodfellow, Bengio & Courville, Deep Learning, 2016, section 9.2: sparse interactions).
 */
import type { FloatArray, HostTensor } from '../../operators/operator.ts';
import { everyElement } from '../../operators/tensors.ts';
import type { Field } from '../field/receptiveField.ts';

/** A copy with the box set to `value` in all images and channels; what lies outside of the tensor is ignored. */
export function erased<A extends FloatArray>({ shape, values }: HostTensor<A>, box: Field, value = 0): HostTensor<A> {
  const copy = values.slice() as A;
  everyElement(shape, (_n, _c, y, x, index) => {
    if (y >= box.h.lo && y <= box.h.hi && x >= box.w.lo && x <= box.w.hi) copy[index] = value;
  });
  return { shape, values: copy };
}

export interface ChangedOutputs {
  /** [H, W]: 1 where any channel of any image changed. */
  readonly pixels: Uint8Array;
  /** The smallest box around them; null where nothing changed. */
  readonly box: Field | null;
  /** Changed values of all values, 0..1. */
  readonly share: number;
  /** |after - before|, at most. */
  readonly largest: number;
}

/** Compares both outputs [N, C, H, W]; a value changed when it differs by more than `tolerance`. */
export function changedOutputs(before: HostTensor, after: HostTensor, tolerance = 0): ChangedOutputs {
  const [, , height, width] = before.shape;
  const pixels = new Uint8Array(height * width);
  let [count, largest] = [0, 0];
  let box: Field | null = null;
  everyElement(before.shape, (_n, _c, y, x, index) => {
    const change = Math.abs(after.values[index]! - before.values[index]!);
    largest = Math.max(largest, change);
    if (change <= tolerance) return;
    count++;
    pixels[y * width + x] = 1;
    box = box ? grown(box, y, x) : { h: { lo: y, hi: y }, w: { lo: x, hi: x } };
  });
  return { pixels, box, share: before.values.length === 0 ? 0 : count / before.values.length, largest };
}

function grown({ h, w }: Field, y: number, x: number): Field {
  return {
    h: { lo: Math.min(h.lo, y), hi: Math.max(h.hi, y) },
    w: { lo: Math.min(w.lo, x), hi: Math.max(w.hi, x) },
  };
}
