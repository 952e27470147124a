/**
 * The filters of a layer as one short text: `identity 2*sobel_x 8*gabor:8 random:he:42~l2`. A word is a recipe, `n*` says that n
 * filters follow it, `~f ~t ~l1 ~l2` say flipped, transposed, normalised. The index of a recipe is written only as its difference
 * from the filter's own place, and not when that is 0: a bank becomes one word. Edited filters are named by their place in the
 * link's list of blobs.
 */
import type { FilterState } from '../../graph/weights/filterState.ts';
import type { BlobHash } from '../workspace.ts';

/** Reading gives the fields of a FilterState, still to be checked: anything can stand in a link. */
export type UncheckedFilter = Readonly<Record<string, unknown>>;

export function filtersToText(filters: readonly FilterState[], blobs: readonly BlobHash[]): string {
  const runs: { word: string; count: number }[] = [];
  filters.forEach((filter, place) => {
    const word = wordOf(filter, place, blobs);
    const last = runs.at(-1);
    if (last?.word === word) last.count++;
    else runs.push({ word, count: 1 });
  });
  return runs.map(({ word, count }) => (count === 1 ? word : `${count}*${word}`)).join(' ');
}

/** At most `limit` filters; a word that is not understood becomes null. */
export function filtersFromText(text: string, blobs: readonly BlobHash[], limit: number): (UncheckedFilter | null)[] {
  const filters: (UncheckedFilter | null)[] = [];
  for (const part of text.split(' ')) {
    const [, count = '1', word = ''] = /^(?:(\d{1,3})\*)?(.*)$/.exec(part) ?? [];
    for (let n = Number(count); n > 0 && filters.length < limit; n--) {
      filters.push(filterOf(word, filters.length, blobs));
    }
  }
  return filters;
}

function wordOf(
  { recipe, flip, transpose, normalise }: FilterState,
  place: number,
  blobs: readonly BlobHash[],
): string {
  const treatment = `${flip ? '~f' : ''}${transpose ? '~t' : ''}${normalise === 'none' ? '' : `~${normalise}`}`;
  const offset = 'index' in recipe && recipe.index !== place ? `:${recipe.index - place}` : '';
  switch (recipe.kind) {
    case 'named':
      return `${recipe.name}${treatment}`;
    case 'gabor':
      return `gabor:${recipe.of}${offset}${treatment}`;
    case 'opponent':
      return `opponent:${offset}${treatment}`;
    case 'random':
      return `random:${recipe.distribution}:${recipe.seed}${offset}${treatment}`;
    case 'learned':
      return `learned:${recipe.bank}${offset}${treatment}`;
    case 'custom':
      return `custom:${blobs.indexOf(recipe.hash)}:${recipe.shape.join(':')}${treatment}`;
    default:
      return recipe satisfies never;
  }
}

function filterOf(word: string, place: number, blobs: readonly BlobHash[]): UncheckedFilter | null {
  const [recipeWord = '', ...marks] = word.split('~');
  const recipe = recipeOf(recipeWord.split(':'), place, blobs);
  if (!recipe) return null;
  const normalise = marks.find((mark) => mark !== 'f' && mark !== 't') ?? 'none';
  return { recipe, flip: marks.includes('f'), transpose: marks.includes('t'), normalise };
}

function recipeOf(parts: readonly string[], place: number, blobs: readonly BlobHash[]): UncheckedFilter | null {
  const [kind, a = '', b = '', c = '', d = ''] = parts;
  const index = (offset: string) => place + (Number.parseInt(offset, 10) || 0);
  switch (kind) {
    case 'gabor':
      return { kind, of: Number(a), index: index(b) };
    case 'opponent':
      return { kind, index: index(b) };
    case 'random':
      return { kind, distribution: a, seed: Number(b), index: index(c) };
    case 'learned':
      return { kind, bank: a, index: index(b) };
    case 'custom':
      return { kind, hash: blobs[Number(a)], shape: [Number(b), Number(c), Number(d)] };
    case '':
    case undefined:
      return null;
    default:
      return { kind: 'named', name: kind };
  }
}
