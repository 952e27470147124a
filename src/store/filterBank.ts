/**
 * The filters of a layer as a bank: growing `out_channels` goes on with the pattern that is there (the next Gabor filters, the next of
 * the same seed), shrinking keeps the first.
 */
import { bankRecipe } from '../graph/weights/banks.ts';
import type { FilterRecipe, FilterState, WeightsState } from '../graph/weights/filterState.ts';

/** How a filter's numbers are treated beside where they come from. */
type Treatment = Omit<FilterState, 'recipe'>;

const untreated: Treatment = { flip: false, transpose: false, normalise: 'none' };

/** Fits filters and bias to `outChannels`. */
export function resizeWeights(weights: WeightsState, outChannels: number): WeightsState {
  const { filters, bias } = weights;
  if (filters.length === outChannels && bias.length === outChannels) return weights;
  return {
    filters: resizeFilters(filters, outChannels),
    bias: Array.from({ length: outChannels }, (_, i) => bias[i] ?? 0),
  };
}

function resizeFilters(filters: readonly FilterState[], outChannels: number): readonly FilterState[] {
  if (outChannels <= filters.length) return filters.slice(0, outChannels);
  const treatment = commonTreatment(filters);
  const last = filters.at(-1)?.recipe;
  const count = filters.length;

  const classic = (index: number) => bankRecipe('classic', index, outChannels, 0);
  if (!last || sameRecipe(last, classic(count - 1))) return fill(filters, outChannels, treatment, classic);
  // A bank of N Gabor filters divides the half circle by N: all of it is numbered anew, so that the angles stay even.
  if (last.kind === 'gabor' && last.index === count - 1) {
    const of = Math.max(last.of, outChannels);
    const renumbered = filters.map((filter) =>
      filter.recipe.kind === 'gabor' && filter.recipe.of === last.of
        ? { ...filter, recipe: { ...filter.recipe, of } }
        : filter,
    );
    return fill(renumbered, outChannels, treatment, (index) => ({ kind: 'gabor', index, of }));
  }
  if ('index' in last && last.index === count - 1) {
    return fill(filters, outChannels, treatment, (index) => ({ ...last, index }));
  }
  if (count > 1 && filters.every((filter) => sameRecipe(filter.recipe, last))) {
    return fill(filters, outChannels, treatment, () => last);
  }
  return fill(filters, outChannels, treatment, classic);
}

/** One recipe for all filters of a layer: a recipe that carries an index is numbered from 0. */
export function recipeAt(recipe: FilterRecipe, index: number, outChannels: number): FilterRecipe {
  switch (recipe.kind) {
    case 'gabor':
      return { ...recipe, index, of: outChannels };
    case 'opponent':
    case 'random':
    case 'learned':
      return { ...recipe, index };
    case 'named':
    case 'custom':
      return recipe;
    default:
      return recipe satisfies never;
  }
}

/** The treatment that all filters share; none where they differ. */
export function commonTreatment(filters: readonly FilterState[]): Treatment {
  const first = filters[0];
  const isCommon =
    first !== undefined &&
    filters.every(
      (each) => each.flip === first.flip && each.transpose === first.transpose && each.normalise === first.normalise,
    );
  return isCommon ? { flip: first.flip, transpose: first.transpose, normalise: first.normalise } : untreated;
}

function sameRecipe(a: FilterRecipe, b: FilterRecipe): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function fill(
  filters: readonly FilterState[],
  outChannels: number,
  treatment: Treatment,
  recipe: (index: number) => FilterRecipe,
): readonly FilterState[] {
  return Array.from({ length: outChannels }, (_, i) => filters[i] ?? { recipe: recipe(i), ...treatment });
}
