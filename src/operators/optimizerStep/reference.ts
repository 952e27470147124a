/** The step value by value, and the sum of |terms| of each. */
import type { FloatArray } from '../operator.ts';
import type { OptimizerStep } from './attributes.ts';
import { numbersOf, pacedNumbersOf } from './numbers.ts';

/** Fills `next` from state, gradient and pace; `magnitude`, where wanted, with the scale on which rounding is judged. */
export function stepInto<A extends FloatArray>(
  operator: OptimizerStep,
  [state, gradient, pace]: readonly [FloatArray, FloatArray, FloatArray],
  next: A,
  magnitude: Float64Array | null,
): A {
  const count = gradient.length;
  const { coupled, first, second, eps } = numbersOf(operator);
  const { kept, rate, root } = pacedNumbersOf(operator, pace);
  for (let i = 0; i < count; i++) {
    const w = state[i]!;
    const g = gradient[i]! + coupled * w;
    const sizeOfG = Math.abs(gradient[i]!) + Math.abs(coupled * w);
    if (operator.method === 'sgd') {
      const b = first * state[count + i]! + g;
      next[count + i] = b;
      next[i] = w - rate * (operator.nesterov ? g + first * b : b);
      if (!magnitude) continue;
      const sizeOfB = Math.abs(first * state[count + i]!) + sizeOfG;
      magnitude[count + i] = sizeOfB;
      magnitude[i] = Math.abs(w) + rate * (sizeOfG + sizeOfB);
    } else {
      const [m0, v0] = [state[count + i]!, state[2 * count + i]!];
      const m = m0 + first * (g - m0);
      const v = second * v0 + (1 - second) * g * g;
      const under = Math.sqrt(v) * root + eps;
      next[count + i] = m;
      next[2 * count + i] = v;
      next[i] = kept * w - (rate * m) / under;
      if (!magnitude) continue;
      const sizeOfM = Math.abs(m0) + first * sizeOfG;
      magnitude[count + i] = sizeOfM;
      magnitude[2 * count + i] = second * Math.abs(v0) + (1 - second) * sizeOfG * sizeOfG;
      magnitude[i] = Math.abs(w) + (rate * sizeOfM) / under;
    }
  }
  return next;
}
