/** The dot product of the pinned unit as it is printed: all that is added in one precision, rounded so that what is printed adds up. */
import { apportion, commonDecimals, printUnits, toUnits } from '../../../math/rounding.ts';
import type { DotProduct } from '../../../operators/conv2d/dotProduct.ts';

/** A number as it is printed, and as it is. */
export interface PrintedNumber {
  readonly text: string;
  readonly value: number;
}

export interface PrintedSlice {
  readonly channel: number;
  readonly patch: readonly PrintedNumber[];
  readonly isPadding: readonly boolean[];
  readonly kernel: readonly PrintedNumber[];
  readonly products: readonly PrintedNumber[];
  readonly partial: PrintedNumber;
}

export interface PrintedDotProduct {
  readonly decimals: number;
  readonly slices: readonly PrintedSlice[];
  readonly bias: PrintedNumber;
  readonly linear: PrintedNumber;
}

/**
 * Prints Σ products = partial and Σ partial + bias = linear. The outer sum is rounded first, then its parts, then theirs, each by
 * largest remainders; patch and kernel are factors and are rounded on their own, with digits enough to be recognised.
 */
export function printDotProduct(dot: DotProduct): PrintedDotProduct {
  const decimals = commonDecimals(numbersOf(dot));
  const alone = (value: number): PrintedNumber => {
    const own = Math.max(decimals, decimalsOfFactor(value));
    return { value, text: printUnits(toUnits(value, own), own) };
  };
  const partials = dot.slices.map((slice) => slice.partial);
  const linearUnits = toUnits(dot.linear, decimals);
  const partUnits = apportion([...partials, dot.bias], decimals, linearUnits);

  const slices = dot.slices.map((slice, index): PrintedSlice => {
    const partialUnits = partUnits[index] ?? 0;
    const productUnits = apportion([...slice.products], decimals, partialUnits);
    return {
      channel: slice.channel,
      patch: [...slice.patch].map(alone),
      isPadding: slice.isPadding,
      kernel: [...slice.kernel].map(alone),
      products: [...slice.products].map((value, tap) => ({
        value,
        text: printUnits(productUnits[tap] ?? 0, decimals),
      })),
      partial: { value: slice.partial, text: printUnits(partialUnits, decimals) },
    };
  });
  return {
    decimals,
    slices,
    bias: { value: dot.bias, text: printUnits(partUnits[partials.length] ?? 0, decimals) },
    linear: { value: dot.linear, text: printUnits(linearUnits, decimals) },
  };
}

/**
 * Beside a patch of 0 to 255 the common precision is a tenth, at which a weight of 0.0625 would read 0.1 and the product look wrong:
 * there a factor has three significant digits, or three decimals, of its own. A whole number has none.
 */
function decimalsOfFactor(value: number): number {
  if (Number.isInteger(value)) return 0;
  return Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
}

function* numbersOf(dot: DotProduct): Generator<number> {
  yield dot.linear;
  yield dot.bias;
  for (const slice of dot.slices) {
    yield slice.partial;
    yield* slice.patch;
    yield* slice.kernel;
  }
}
