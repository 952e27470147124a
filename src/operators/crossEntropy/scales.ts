/** On which scale errors of cross-entropy are judged. */
import type { HostTensor } from '../operator.ts';
import type { CrossEntropy } from './attributes.ts';
import { crossEntropyOf, everyPixel, type Pixel } from './reference.ts';

/** What engines may be off by on the scale of an error (docs/testing.md). */
const exactness = 1e-5;

const largestOf = ({ at, step, shares }: Pixel, values: HostTensor['values']) =>
  shares.reduce((largest, _, c) => Math.max(largest, Math.abs(values[at + c * step]!)), 0);

/** The sum of |terms|: of logits for the loss, which differences are taken of; of p and t for the gradient, whose exponents are such. */
export function ownScale(
  operator: CrossEntropy,
  inputs: readonly [HostTensor, HostTensor],
  values: Float64Array,
): Float64Array {
  const scale = values.map(Math.abs);
  everyPixel(operator, inputs, (one) => {
    const { pixel, at, step, shares } = one;
    const whole = shares.reduce((sum, share) => sum + Math.abs(share), 0);
    const largest = largestOf(one, inputs[0].values);
    if (operator.gives === 'loss') scale[pixel] = scale[pixel]! + whole * (1 + 2 * largest);
    if (operator.gives !== 'gradient') return;
    shares.forEach((share, c) => {
      const index = at + c * step;
      const product = Math.abs(values[index]! + share);
      scale[index] = product * (1 + 2 * largest) + Math.abs(share);
    });
  });
  return scale;
}

/** With d = p sum(t) - t: the loss inherits sum of |d| e, the gradient p sum(t) (e + sum of p e); where the winner may be another, 0 and 1 are both right. */
export function inheritedScale(
  operator: CrossEntropy,
  inputs: readonly [HostTensor, HostTensor],
  [errors, errorsOfTarget]: readonly [HostTensor, HostTensor],
  own: Float64Array,
): Float64Array {
  const scale = own.slice();
  const x = inputs[0].values;
  const gradient = new Float64Array(x.length);
  everyPixel(operator, inputs, (one) => {
    const { pixel, at, step, shares } = one;
    crossEntropyOf({ ...operator, gives: 'gradient' }, one, x, gradient);
    const errorAt = (c: number) => errors.values[at + c * step]!;
    const targetError = (c: number) =>
      operator.target === 'probabilities' ? errorsOfTarget.values[at + c * step]! : 0;
    const largest = largestOf(one, x);
    if (operator.gives === 'loss') {
      const inherited = shares.reduce((sum, _, c) => sum + Math.abs(gradient[at + c * step]!) * errorAt(c), 0);
      const ofTarget = shares.reduce((sum, _, c) => sum + targetError(c) * (1 + 2 * largest), 0);
      scale[pixel] = scale[pixel]! + inherited + ofTarget;
    } else if (operator.gives === 'gradient') {
      const product = (c: number) => Math.abs(gradient[at + c * step]! + shares[c]!);
      const mean = shares.reduce((sum, _, c) => sum + product(c) * errorAt(c), 0);
      const ofTargets = shares.reduce((sum, _, c) => sum + targetError(c), 0);
      shares.forEach((_, c) => {
        const index = at + c * step;
        scale[index] = scale[index]! + product(c) * errorAt(c) + mean + ofTargets;
      });
    } else {
      const reach = (c: number) => (errorAt(c) > 0 ? exactness * (1 + errorAt(c)) : 0);
      const best = shares.reduce((first, _, c) => (x[at + c * step]! > x[at + first * step]! ? c : first), 0);
      const isNear = shares.some(
        (_, c) => c !== best && x[at + best * step]! - x[at + c * step]! < reach(c) + reach(best),
      );
      if (isNear) scale[pixel] = scale[pixel]! + 1 / exactness;
    }
  });
  return scale;
}
