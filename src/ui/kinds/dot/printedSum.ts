/** The numbers of a unit's sum as they are printed, with as many decimals each, so that what is printed adds up. */
import type { UnitTerms } from '../../../graph/terms.ts';
import { apportion, commonDecimals, printUnits, toUnits } from '../../../math/rounding.ts';

export interface PrintedSum {
  /** What each channel adds, in their order. */
  readonly partials: readonly string[];
  readonly channels: string;
  readonly bias: string;
  readonly sum: string;
  /** Another number, to be read beside them. */
  print(value: number): string;
}

/** Channels + bias = sum, and the channels' parts add up to them. */
export function printedSum({ slices, bias, sum }: Pick<UnitTerms, 'slices' | 'bias' | 'sum'>): PrintedSum {
  const partials = slices.map(({ partial }) => partial);
  const decimals = commonDecimals([...partials, bias, sum]);
  const printed = (units: number) => `${units > 0 ? '+' : ''}${printUnits(units, decimals)}`;
  const sumUnits = toUnits(sum, decimals);
  const [channelUnits = 0, biasUnits = 0] = apportion([sum - bias, bias], decimals, sumUnits);
  return {
    partials: apportion(partials, decimals, channelUnits).map(printed),
    channels: printed(channelUnits),
    bias: printed(biasUnits),
    sum: printed(sumUnits),
    print: (value) => printed(toUnits(value, decimals)),
  };
}
