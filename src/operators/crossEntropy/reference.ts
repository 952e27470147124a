/** Cross-entropy pixel by pixel, by its definition. */
import type { FloatArray, HostTensor } from '../operator.ts';
import type { CrossEntropy } from './attributes.ts';

/** One pixel: its number, where its logit of class 0 stands, from one class to the next, and the shares of the classes. */
export interface Pixel {
  readonly pixel: number;
  readonly at: number;
  readonly step: number;
  readonly shares: Float64Array;
}

/** Calls `visit` with every pixel that has a class; the same arrays each time. */
export function everyPixel(
  { target }: CrossEntropy,
  [x, given]: readonly [HostTensor, HostTensor],
  visit: (pixel: Pixel) => void,
): void {
  const [images, classes, height, width] = x.shape;
  const step = height * width;
  const shares = new Float64Array(classes);
  for (let pixel = 0; pixel < images * step; pixel++) {
    const at = Math.floor(pixel / step) * classes * step + (pixel % step);
    if (target === 'probabilities') {
      for (let c = 0; c < classes; c++) shares[c] = given.values[at + c * step]!;
    } else {
      const index = given.values[pixel]!;
      if (!(index >= 0 && index < classes)) continue;
      shares.fill(0)[Math.floor(index)] = 1;
    }
    visit({ pixel, at, step, shares });
  }
}

/** log of the sum of exp x, the largest x taken out first. */
function logSum({ at, step, shares }: Pixel, x: FloatArray): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < shares.length; c++) largest = Math.max(largest, x[at + c * step]!);
  let sum = 0;
  for (let c = 0; c < shares.length; c++) sum += Math.exp(x[at + c * step]! - largest);
  return largest + Math.log(sum);
}

function firstLargest(length: number, valueAt: (c: number) => number): number {
  let best = 0;
  for (let c = 1; c < length; c++) if (valueAt(c) > valueAt(best)) best = c;
  return best;
}

/** The operator's values of one pixel, written to `target`. */
export function crossEntropyOf({ gives }: CrossEntropy, one: Pixel, x: FloatArray, target: FloatArray): void {
  const { pixel, at, step, shares } = one;
  switch (gives) {
    case 'loss': {
      const log = logSum(one, x);
      target[pixel] = shares.reduce((sum, share, c) => sum + share * (log - x[at + c * step]!), 0);
      return;
    }
    case 'gradient': {
      const log = logSum(one, x);
      const whole = shares.reduce((sum, share) => sum + share, 0);
      shares.forEach((share, c) => {
        target[at + c * step] = Math.exp(x[at + c * step]! - log) * whole - share;
      });
      return;
    }
    case 'correct': {
      const said = firstLargest(shares.length, (c) => x[at + c * step]!);
      target[pixel] = said === firstLargest(shares.length, (c) => shares[c]!) ? 1 : 0;
      return;
    }
    default:
      gives satisfies never;
      throw new Error('unknown output');
  }
}
