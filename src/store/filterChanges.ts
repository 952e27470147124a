/** Changes of the focused layer's filters and biases, as pure functions of the workspace. */
import { type BankName, bankRecipe } from '../graph/weights/banks.ts';
import { type FilterState, type LearnedBank, learnedBanks, learnedLayers } from '../graph/weights/filterState.ts';
import type { Moved } from '../operators/conv2d/limits.ts';
import type { Pair } from '../operators/operator.ts';
import type { BlobStore } from './blobs.ts';
import { type Change, changeConv, changeWeights, focusedConv, focusedWeights } from './changes.ts';
import { commonTreatment, recipeAt } from './filterBank.ts';
import type { Workspace } from './workspace.ts';

export type { BankName };

/** Which filters an action changes: one output channel, or all of them. */
export type FilterTarget = number | 'all';

/** Changes one filter or all; for all, an index-carrying recipe is numbered per filter. */
export function changeFilter(workspace: Workspace, target: FilterTarget, change: Partial<FilterState>): Workspace {
  return changeWeights(workspace, (weights) => ({
    ...weights,
    filters: weights.filters.map((filter, i) => {
      if (target !== 'all') return i === target ? { ...filter, ...change } : filter;
      const recipe = change.recipe ? recipeAt(change.recipe, i, weights.filters.length) : filter.recipe;
      return { ...filter, ...change, recipe };
    }),
  }));
}

/**
 * A bank over all filters. A random bank is drawn as the present one is; what is done to all filters alike stays. A learned bank
 * brings the size and number that it was learned with, where the layer reads RGB whole as it did; what moves with that is said.
 */
export function changeBank(workspace: Workspace, bank: BankName, seed: number, inputSize: Pair): Change {
  const drawn = focusedWeights(workspace).filters[0]?.recipe;
  const { workspace: fitted, ...said } = fitToBank(workspace, bank, inputSize);
  const { filters } = focusedWeights(fitted);
  const treatment = commonTreatment(filters);
  const changed = changeWeights(fitted, (weights) => ({
    ...weights,
    filters: filters.map((_, i) => {
      const recipe = bankRecipe(bank, i, filters.length, seed);
      const isDrawn = recipe.kind === 'random' && drawn?.kind === 'random';
      return { recipe: isDrawn ? { ...recipe, distribution: drawn.distribution } : recipe, ...treatment };
    }),
  }));
  return { workspace: changed, ...said };
}

/** The layer with the size and number of filters of a learned bank, or as it is. The stride is the person's: it is only told. */
function fitToBank(workspace: Workspace, bank: BankName, inputSize: Pair): Change {
  const conv = focusedConv(workspace);
  const learned = isLearned(bank) ? learnedLayers[bank] : null;
  if (!learned || conv.inChannels !== 3 || conv.groups !== 1) return { workspace, moved: [] };
  const { stride, ...shape } = learned;
  const { workspace: fitted, moved } = changeConv(workspace, shape, inputSize);
  const now = focusedConv(fitted);
  const brought: Moved[] = [];
  const say = (attribute: string, from: number | Pair, to: number | Pair) => {
    if (String(from) !== String(to)) brought.push({ attribute, from: written(from), to: written(to) });
  };
  say('kernel_size', conv.kernelSize, now.kernelSize);
  say('out_channels', conv.outChannels, now.outChannels);
  const all = [
    ...brought,
    ...moved.filter(({ attribute }) => attribute !== 'kernel_size' && attribute !== 'out_channels'),
  ];
  if (all.length === 0) return { workspace: fitted, moved: [] };
  const changes = all.map(({ attribute, from, to }) => `${attribute} ${from} → ${to}`).join(', ');
  const said =
    String(stride) === String(now.stride)
      ? { code: 'bank', values: { changes } }
      : { code: 'bank-stride', values: { changes, stride: written(stride) } };
  return { workspace: fitted, moved: [], said };
}

function isLearned(bank: BankName): bank is LearnedBank {
  return learnedBanks.some((name) => name === bank);
}

/** A size as a layer's call writes it: one number where both are the same. */
function written(size: number | Pair): string {
  if (typeof size === 'number') return String(size);
  return size[0] === size[1] ? String(size[0]) : `(${size.join(', ')})`;
}

/** Numbers written by hand; they are what is seen, so nothing is done to them any more. `values` is [Cin/groups, kh, kw]. */
export function editFilter(
  workspace: Workspace,
  filter: number,
  values: Float32Array,
  blobs: Pick<BlobStore, 'putNow'>,
): Workspace {
  const { inChannels, groups, kernelSize } = focusedConv(workspace);
  const shape = [inChannels / groups, ...kernelSize] as const;
  if (values.length !== shape[0] * shape[1] * shape[2]) {
    throw new RangeError(`a filter of ${shape.join(' x ')} has no ${values.length} values`);
  }
  const hash = blobs.putNow(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return changeFilter(workspace, filter, {
    recipe: { kind: 'custom', hash, shape },
    flip: false,
    transpose: false,
    normalise: 'none',
  });
}

export function changeBias(workspace: Workspace, target: FilterTarget, value: number): Workspace {
  return changeWeights(workspace, (weights) => ({
    ...weights,
    bias: weights.bias.map((bias, i) => (target === 'all' || i === target ? value : bias)),
  }));
}
