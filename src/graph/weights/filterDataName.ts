/** What a filter is called in data: English and the same in every language; a number is the place in its bank, from 0, except in "3/8". */
import type { FilterRecipe, NamedFilter } from './filterState.ts';

const names: Readonly<Record<NamedFilter, string>> = {
  identity: 'identity',
  box: 'box',
  gaussian: 'Gaussian',
  sobel_x: 'Sobel x',
  sobel_y: 'Sobel y',
  scharr_x: 'Scharr x',
  scharr_y: 'Scharr y',
  prewitt_x: 'Prewitt x',
  prewitt_y: 'Prewitt y',
  laplacian: 'Laplacian',
  log: 'LoG',
  sharpen: 'sharpen',
  emboss: 'emboss',
};
const distributions = { he: 'He', xavier: 'Xavier', normal: 'normal', uniform: 'uniform' } as const;
const banks = { blazeface: 'BlazeFace', posenet: 'PoseNet', face: 'face network', esrgan: 'ESRGAN' } as const;

export function filterDataName(recipe: FilterRecipe): string {
  switch (recipe.kind) {
    case 'named':
      return names[recipe.name];
    case 'gabor':
      return `Gabor ${recipe.index + 1}/${recipe.of}`;
    case 'opponent':
      return `colour opponent ${recipe.index}`;
    case 'random':
      return `${distributions[recipe.distribution]}, seed ${recipe.seed}`;
    case 'learned':
      return `${banks[recipe.bank]} ${recipe.index}`;
    case 'custom':
      return 'edited';
    default:
      return recipe satisfies never;
  }
}
