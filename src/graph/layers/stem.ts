/** A bank of filters over the photo: a convolution that keeps the photo's size, its kernel the one that the bank is drawn at. */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Pair, ParameterValues } from '../../operators/operator.ts';
import { type BankName, bankRecipe } from '../weights/banks.ts';
import { learnedLayers } from '../weights/filterState.ts';
import { learnedBankOf } from '../weights/layerFilters.ts';
import { materialise, type WeightSources } from '../weights/materialise.ts';

export interface Stem {
  readonly conv: Conv2d;
  readonly values: ParameterValues;
}

function kernelOf(bank: BankName): Pair {
  const learned = learnedBankOf(bank);
  return learned ? learnedLayers[learned].kernelSize : [5, 5];
}

/** `channels` filters of `bank` over a photo of `inChannels`; `seed` matters to a random bank alone. */
export function stemOf(
  { name, channels }: { readonly name: BankName; readonly channels: number },
  inChannels: number,
  seed: number,
  sources: WeightSources,
): Stem {
  const conv = createConv2d({ inChannels, outChannels: channels, kernelSize: kernelOf(name), padding: 'same' });
  const filters = Array.from({ length: channels }, (_, index) => ({
    recipe: bankRecipe(name, index, channels, seed),
    flip: false,
    transpose: false,
    normalise: 'none' as const,
  }));
  return { conv, values: materialise({ filters, bias: filters.map(() => 0) }, conv, sources).values };
}
