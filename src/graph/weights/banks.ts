/** Whole banks of filters: which recipe stands at each output channel. */
import {
  type FilterRecipe,
  type FilterState,
  learnedBanks,
  type NamedFilter,
  type WeightsState,
} from './filterState.ts';

export const bankNames = ['classic', 'gabor', 'opponent', 'random', ...learnedBanks] as const;
export type BankName = (typeof bankNames)[number];

/** The filters that every course begins with; a larger layer goes on with Gabor filters. */
const classic: readonly NamedFilter[] = ['sobel_x', 'sobel_y', 'laplacian', 'gaussian', 'sharpen', 'emboss'];
/** Orientations in the order in which they add most to the ones before: diagonals, then axes, then those between. */
const orientationOrder = [2, 6, 0, 4, 1, 5, 3, 7];
/** The bank behind `classic`, fixed, so that a filter stays what it is when the layer grows. */
const classicGabors = 64;

/** The recipe of output channel `index` in a layer of `of`; `seed` matters to random banks alone. */
export function bankRecipe(bank: BankName, index: number, of: number, seed: number): FilterRecipe {
  switch (bank) {
    case 'classic': {
      const name = classic[index];
      if (name) return { kind: 'named', name };
      const rest = index - classic.length;
      const ring = Math.floor(rest / orientationOrder.length) * orientationOrder.length;
      const orientation = orientationOrder[rest % orientationOrder.length] ?? 0;
      return { kind: 'gabor', index: ring + orientation, of: classicGabors };
    }
    case 'gabor':
      return { kind: 'gabor', index, of };
    case 'opponent':
      return { kind: 'opponent', index };
    case 'random':
      return { kind: 'random', distribution: 'he', seed, index };
    case 'blazeface':
    case 'posenet':
    case 'face':
    case 'esrgan':
      return { kind: 'learned', bank, index };
    default:
      bank satisfies never;
      throw new Error('unknown bank');
  }
}

/** What a new layer of so many output channels starts with: the classic mix, no bias. */
export function defaultWeights(outChannels: number): WeightsState {
  const filters = Array.from({ length: outChannels }, (_, index): FilterState => {
    return { recipe: bankRecipe('classic', index, outChannels, 0), flip: false, transpose: false, normalise: 'none' };
  });
  return { filters, bias: filters.map(() => 0) };
}
