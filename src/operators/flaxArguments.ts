/** What Flax's layers have in common: arguments without arithmetic, and padding in numbers. */
import type { Value } from './callSyntax.ts';
import { sides } from './codeText.ts';
import { integersOf } from './codeValues.ts';
import type { PerSide } from './operator.ts';

/** Arguments that say nothing about a layer's arithmetic. */
export const ignoredByFlax = ['mask', 'dtype', 'param_dtype', 'precision', 'kernel_init', 'bias_init', 'name', 'rngs'];

/** Padding in numbers: an int, or one (low, high) pair or int per axis; null where it is none. */
export function readFlaxSides(value: Value): PerSide | null {
  if (value.kind === 'number' && Number.isSafeInteger(value.value)) {
    return sides(value.value, value.value, value.value, value.value);
  }
  if (value.kind !== 'list') return null;
  const axes = value.items.map((item) => integersOf(item) ?? integersOf({ kind: 'list', items: [item, item] }));
  const [h, w = h] = axes;
  return axes.length <= 2 && h?.length === 2 && w?.length === 2 ? sides(h[0]!, h[1]!, w[0]!, w[1]!) : null;
}
