/**
 * The numbers of a layer's filters from how they were chosen: a pure function of the weights' state, the layer and the stored
 * data it names. Steps per filter: recipe at this size → rows and columns exchanged → rotated → normalised → float32.
 */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import type { Pair, ParameterValues } from '../../operators/operator.ts';
import type {
  Distribution,
  FilterRecipe,
  FilterState,
  LearnedBank,
  NamedFilter,
  Normalisation,
  WeightsState,
} from './filterState.ts';
import { gaborFilter } from './gabor.ts';
import { namedFilter, scaledTo, transposed } from './namedFilter.ts';
import { opponentFilter } from './opponent.ts';
import { randomFilter } from './randomFilter.ts';
import { keepsColours, recentred, resampled, withChannels } from './resample.ts';

/** A trained first layer: weights [O, 3, kh, kw] for R, G, B. */
export interface LearnedData {
  readonly values: Float32Array;
  readonly shape: readonly [o: number, c: number, h: number, w: number];
}

/** Where stored numbers are found; null while they are not at hand. */
export interface WeightSources {
  learned(bank: LearnedBank): LearnedData | null;
  custom(hash: string): Float32Array | null;
}

/** What a filter is, for its caption. */
export interface FilterLabel {
  readonly name: NamedFilter | 'gabor' | 'opponent' | Distribution | LearnedBank | 'custom';
  /** The filter's place in its bank, from 0; null where there is none. */
  readonly index: number | null;
  /** False where the filter has no definition at this size or for these channels and the nearest one stands in. */
  readonly exact: boolean;
  /** True where stored numbers were made to fit another kernel size: learned ones are resampled, edited ones recentred. */
  readonly resized: boolean;
  /** True where stored numbers were made for other channels: every slice is the sum of theirs, divided evenly. */
  readonly channelsMerged: boolean;
  /** True while the stored numbers are not at hand: the filter is zeros. */
  readonly missing: boolean;
}

export interface MaterialisedWeights {
  readonly values: ParameterValues;
  /** One per output channel. */
  readonly labels: readonly FilterLabel[];
}

/** What of a layer its filters depend on. */
export type FilterShape = Pick<Conv2d, 'inChannels' | 'outChannels' | 'kernelSize' | 'groups' | 'bias'>;

interface Drawn {
  /** [slices, kh, kw] */
  readonly values: Float64Array;
  readonly label: FilterLabel;
}

/** The layer's weight [Cout, Cin/groups, kh, kw] and bias [Cout] (null when the layer has none), and what each filter is. */
export function materialise(state: WeightsState, conv: FilterShape, sources: WeightSources): MaterialisedWeights {
  const slices = conv.inChannels / conv.groups;
  const filterLength = slices * conv.kernelSize[0] * conv.kernelSize[1];
  const weight = new Float32Array(conv.outChannels * filterLength);
  const labels: FilterLabel[] = [];
  for (let o = 0; o < conv.outChannels; o++) {
    const filter = state.filters[o];
    if (!filter) throw new Error(`${state.filters.length} filters for ${conv.outChannels} output channels`);
    const { values, label } = treated(filter, conv, sources);
    weight.set(values, o * filterLength);
    labels.push(label);
  }
  const bias = conv.bias ? Float32Array.from({ length: conv.outChannels }, (_, o) => state.bias[o] ?? 0) : null;
  return { values: { weight, bias }, labels };
}

function treated(filter: FilterState, conv: FilterShape, sources: WeightSources): Drawn {
  const size = conv.kernelSize;
  const slices = conv.inChannels / conv.groups;
  // A transposed filter is drawn at the exchanged size, so that it fills the kernel after it is turned.
  const drawnSize: Pair = filter.transpose ? [size[1], size[0]] : size;
  const drawn = draw(filter.recipe, slices, drawnSize, conv, sources);
  let { values } = drawn;
  if (filter.transpose) values = eachSlice(values, slices, (slice) => transposed(slice, size));
  if (filter.flip) values = eachSlice(values, slices, (slice) => slice.reverse());
  return { values: normalised(values, filter.normalise), label: drawn.label };
}

function eachSlice(values: Float64Array, slices: number, change: (slice: Float64Array) => Float64Array): Float64Array {
  const area = values.length / slices;
  const out = new Float64Array(values.length);
  for (let c = 0; c < slices; c++) out.set(change(values.slice(c * area, (c + 1) * area)), c * area);
  return out;
}

function normalised(values: Float64Array, normalise: Normalisation): Float64Array {
  switch (normalise) {
    case 'none':
      return values;
    case 'l1':
      return scaledTo(1, values);
    case 'l2': {
      const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
      return norm === 0 ? values : values.map((value) => value / norm);
    }
    default:
      normalise satisfies never;
      throw new Error('unknown normalisation');
  }
}

function draw(recipe: FilterRecipe, slices: number, size: Pair, conv: FilterShape, sources: WeightSources): Drawn {
  const plain = { index: null, exact: true, resized: false, channelsMerged: false, missing: false };
  switch (recipe.kind) {
    case 'named': {
      const { values, exact } = namedFilter(recipe.name, size);
      return { values: onEverySlice(values, slices), label: { ...plain, name: recipe.name, exact } };
    }
    case 'gabor': {
      const { values, exact } = gaborFilter(recipe.index, recipe.of, size);
      return {
        values: onEverySlice(values, slices),
        label: { ...plain, name: 'gabor', index: recipe.index, exact },
      };
    }
    case 'opponent': {
      const { values, exact } = opponentFilter(recipe.index, slices, size);
      return { values, label: { ...plain, name: 'opponent', index: recipe.index, exact } };
    }
    case 'random': {
      const values = randomFilter(recipe, { slices, size, outChannels: conv.outChannels });
      return { values, label: { ...plain, name: recipe.distribution, index: recipe.index } };
    }
    case 'learned':
      return learnedFilter(recipe.bank, recipe.index, slices, size, sources);
    case 'custom': {
      const label = { ...plain, name: 'custom' } as const;
      const values = sources.custom(recipe.hash);
      const [c, h, w] = recipe.shape;
      if (values?.length !== c * h * w) return missing(label, slices, size);
      const fitted = withChannels(recentred({ values, shape: recipe.shape }, size), c, slices);
      return { values: fitted, label: { ...label, ...fitting(recipe.shape, slices, size) } };
    }
    default:
      recipe satisfies never;
      throw new Error('unknown recipe');
  }
}

/** The same slice for every channel, divided by their number: a grey picture responds as it would on one channel. */
function onEverySlice(values: Float64Array, slices: number): Float64Array {
  return Float64Array.from({ length: slices * values.length }, (_, i) => values[i % values.length]! / slices);
}

function learnedFilter(bank: LearnedBank, index: number, slices: number, size: Pair, sources: WeightSources): Drawn {
  const data = sources.learned(bank);
  const label: FilterLabel = {
    name: bank,
    index,
    exact: true,
    resized: false,
    channelsMerged: false,
    missing: false,
  };
  if (!data) return missing(label, slices, size);
  const [filters, c, h, w] = data.shape;
  // A layer with more filters than the bank starts again from its first.
  const at = index % filters;
  const values = data.values.subarray(at * c * h * w, (at + 1) * c * h * w);
  const fitted = withChannels(resampled({ values, shape: [c, h, w] }, size), c, slices);
  return {
    values: fitted,
    label: { ...label, index: at, ...fitting([c, h, w], slices, size) },
  };
}

/** What has to be done to stored numbers of `shape`. Colours in front of an alpha channel stay as they are. */
function fitting([c, h, w]: readonly [number, number, number], slices: number, [kh, kw]: Pair) {
  return { resized: h !== kh || w !== kw, channelsMerged: c !== slices && !keepsColours(c, slices) };
}

function missing(label: FilterLabel, slices: number, size: Pair): Drawn {
  return { values: new Float64Array(slices * size[0] * size[1]), label: { ...label, exact: false, missing: true } };
}
