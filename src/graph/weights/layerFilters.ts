/**
 * A whole layer of any kind with the filters of Explore: one classic filter for all its outputs, or a bank with another one for each. A
 * filter reads the channels of its group: the same kernel on each of them, divided by their number (colour opponents and learned banks
 * keep their colours where there are three). So a depthwise layer filters every map by itself. What only mixes channels (1 x 1, fully
 * connected) takes none: a filter of pixels says nothing about channels.
 */
import { type Operator, rulesOf } from '../../operators/index.ts';
import { type BankName, bankRecipe } from './banks.ts';
import {
  type FilterRecipe,
  type LayerFilters,
  type LearnedBank,
  learnedBanks,
  type NamedFilter,
  namedFilters,
} from './filterState.ts';
import { type FilterShape, materialise, type WeightSources } from './materialise.ts';

export type FilteredOperator = Extract<
  Operator,
  { readonly kind: 'conv2d' | 'conv_transpose2d' | 'deform_conv2d' | 'locally_connected2d' }
>;

/** Whether it has kernels that look at more than one pixel. */
export function takesFilters(operator: Operator): operator is FilteredOperator {
  switch (operator.kind) {
    case 'conv2d':
    case 'conv_transpose2d':
    case 'deform_conv2d':
    case 'locally_connected2d':
      return operator.kernelSize[0] * operator.kernelSize[1] > 1;
    default:
      return false;
  }
}

/** The learned bank that has to be at hand for these filters; null where they are made. */
export function learnedBankOf(filters: LayerFilters | BankName): LearnedBank | null {
  return learnedBanks.find((bank) => bank === filters) ?? null;
}

/** The weight of the operator in PyTorch's layout. */
export function filterWeight(operator: FilteredOperator, filters: LayerFilters, sources: WeightSources): Float32Array {
  switch (operator.kind) {
    case 'conv2d':
    case 'deform_conv2d':
      return filtersOf(operator, filters, sources);
    case 'conv_transpose2d': {
      // It spreads each input over stride² outputs.
      const gain = operator.stride[0] * operator.stride[1];
      return inputsFirst(filtersOf(operator, filters, sources), operator).map((value) => value * gain);
    }
    case 'locally_connected2d': {
      // [positions, Cout, Cin kh kw]: every position begins alike.
      const [positions = 0] = rulesOf(operator).parameters(operator)[0]?.shape ?? [];
      const here = filtersOf({ ...operator, groups: 1 }, filters, sources);
      const weight = new Float32Array(positions * here.length);
      for (let position = 0; position < positions; position++) weight.set(here, position * here.length);
      return weight;
    }
    default:
      operator satisfies never;
      throw new Error('unknown operator with filters');
  }
}

/** [Cout, Cin / groups, kh, kw] */
function filtersOf(shape: Omit<FilterShape, 'bias'>, filters: LayerFilters, sources: WeightSources): Float32Array {
  const state = Array.from({ length: shape.outChannels }, (_, index) => ({
    recipe: recipeOf(filters, index, shape.outChannels),
    flip: false,
    transpose: false,
    normalise: 'none' as const,
  }));
  return materialise({ filters: state, bias: [] }, { ...shape, bias: false }, sources).values.weight;
}

function recipeOf(filters: LayerFilters, index: number, of: number): FilterRecipe {
  // No bank that a layer takes is drawn by seed: random weights are the network's own.
  return isNamed(filters) ? { kind: 'named', name: filters } : bankRecipe(filters, index, of, 0);
}

function isNamed(filters: LayerFilters): filters is NamedFilter {
  return namedFilters.some((name) => name === filters);
}

/** [Cout, Cin / groups, kh, kw] as [Cin, Cout / groups, kh, kw]. */
function inputsFirst(weight: Float32Array, { inChannels, outChannels, groups, kernelSize }: Omit<FilterShape, 'bias'>) {
  const area = kernelSize[0] * kernelSize[1];
  const [read, written] = [inChannels / groups, outChannels / groups];
  const turned = new Float32Array(weight.length);
  for (let output = 0; output < outChannels; output++) {
    const group = Math.floor(output / written);
    for (let c = 0; c < read; c++) {
      const from = (output * read + c) * area;
      turned.set(weight.subarray(from, from + area), ((group * read + c) * written + (output % written)) * area);
    }
  }
  return turned;
}
