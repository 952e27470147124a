/** One output value of a pointwise layer as what is added to make it: its largest terms w · x, the rest as one, the bias. */
import { apportion, commonDecimals, printUnits, toUnits } from '../../../../math/rounding.ts';

/** One input map in the mixture. */
export interface MixtureTerm {
  readonly channel: number;
  readonly weight: number;
  /** w · x at the pinned unit. */
  readonly product: number;
  /** |w| · rms of the input map: how much the term counts over the whole map. */
  readonly strength: number;
}

/** A number of the sum as it is printed, so that what is printed adds up, and as it is. */
export interface Printed {
  readonly text: string;
  readonly value: number;
}

export interface Mixture {
  /** The strongest first. */
  readonly terms: readonly (MixtureTerm & { readonly printed: Printed })[];
  /** The others together; null where there are none. */
  readonly rest: { readonly count: number; readonly printed: Printed } | null;
  readonly bias: Printed;
  /** Before the activation. */
  readonly sum: Printed;
}

/** `most`: terms that are written out; one more is, where it would be all of the rest. */
export function mixtureOf(all: readonly MixtureTerm[], bias: number, most: number): Mixture {
  const sorted = all.toSorted((a, b) => b.strength - a.strength || a.channel - b.channel);
  const shown = sorted.slice(0, sorted.length === most + 1 ? most + 1 : most);
  const others = sorted.slice(shown.length);
  const total = (terms: readonly MixtureTerm[]) => terms.reduce((sum, { product }) => sum + product, 0);
  const sum = total(sorted) + bias;
  const parts = [...shown.map(({ product }) => product), total(others), bias];
  const decimals = commonDecimals([...parts, sum]);
  const units = apportion(parts, decimals, toUnits(sum, decimals));
  const printed = (at: number): Printed => ({ value: parts[at] ?? 0, text: printUnits(units[at] ?? 0, decimals) });
  return {
    terms: shown.map((term, i) => ({ ...term, printed: printed(i) })),
    rest: others.length === 0 ? null : { count: others.length, printed: printed(shown.length) },
    bias: printed(shown.length + 1),
    sum: { value: sum, text: printUnits(toUnits(sum, decimals), decimals) },
  };
}
