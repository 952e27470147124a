/**
 * What a filter is called: its preset, with its number in the bank: from 0, as an index into the bank's weights; only "3/8" is a count.
 */
import { useTranslation } from 'react-i18next';
import type { FilterRecipe } from '../../../graph/weights/filterState.ts';

export function useFilterName(): (recipe: FilterRecipe | undefined) => string {
  const { t } = useTranslation();
  return (recipe) => {
    if (!recipe) return '';
    switch (recipe.kind) {
      case 'named':
        return t(`kernels.name.${recipe.name}`);
      case 'gabor':
        return t('kernels.name.gabor', { number: recipe.index + 1, of: recipe.of });
      case 'opponent':
        return t('kernels.name.opponent', { number: recipe.index });
      case 'random':
        return t(`kernels.name.${recipe.distribution}`);
      case 'learned':
        return t(`kernels.name.${recipe.bank}`, { number: recipe.index });
      case 'custom':
        return t('kernels.name.custom');
      default:
        return recipe satisfies never;
    }
  };
}
