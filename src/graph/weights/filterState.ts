/**
 * Where a filter's numbers come from, as a person chose them. Values are a pure function of this (`materialise.ts`), so state,
 * undo and links stay small; only cell-by-cell edits carry numbers of their own, by content hash.
 */
import type { Pair } from '../../operators/operator.ts';

export const namedFilters = [
  'identity',
  'box',
  'gaussian',
  'sobel_x',
  'sobel_y',
  'scharr_x',
  'scharr_y',
  'prewitt_x',
  'prewitt_y',
  'laplacian',
  'log',
  'sharpen',
  'emboss',
] as const;
export type NamedFilter = (typeof namedFilters)[number];

export const distributions = ['he', 'xavier', 'normal', 'uniform'] as const;
export type Distribution = (typeof distributions)[number];

export const learnedBanks = ['blazeface', 'posenet', 'face', 'esrgan'] as const;
export type LearnedBank = (typeof learnedBanks)[number];

/** Banks that give every output of a layer a filter of its own, whatever the seed. */
export const presetBanks = ['classic', 'gabor', 'opponent', ...learnedBanks] as const;
/** What a whole layer may be filled with: one filter for all its outputs, or a bank. */
export const layerFilters = [...namedFilters, ...presetBanks] as const;
export type LayerFilters = (typeof layerFilters)[number];

interface LearnedLayer {
  readonly outChannels: number;
  readonly kernelSize: Pair;
  readonly stride: Pair;
}

/**
 * The layer that each bank was learned in, all of them over RGB. Strides stand in the graphs of BlazeFace, PoseNet and ESRGAN-slim
 * and, for the face network, in the code that runs it (dlib's `con<32,7,7,2,2>`).
 */
export const learnedLayers: Readonly<Record<LearnedBank, LearnedLayer>> = {
  blazeface: { outChannels: 24, kernelSize: [5, 5], stride: [2, 2] },
  posenet: { outChannels: 24, kernelSize: [3, 3], stride: [2, 2] },
  face: { outChannels: 32, kernelSize: [7, 7], stride: [2, 2] },
  esrgan: { outChannels: 64, kernelSize: [3, 3], stride: [1, 1] },
};

export type FilterRecipe =
  | { readonly kind: 'named'; readonly name: NamedFilter }
  /** Filter `index` of a bank of `of` Gabor filters: orientations spread over 180 degrees, then phases and wavelengths. */
  | { readonly kind: 'gabor'; readonly index: number; readonly of: number }
  /** Colour opponents: red-green, blue-yellow, light-dark, each centre-surround. */
  | { readonly kind: 'opponent'; readonly index: number }
  /** Filter `index` of the layer drawn with `seed`: the same seed gives the same layer. */
  | { readonly kind: 'random'; readonly distribution: Distribution; readonly seed: number; readonly index: number }
  | { readonly kind: 'learned'; readonly bank: LearnedBank; readonly index: number }
  /** Edited by hand: [Cin/groups, kh, kw] float32 values kept by content hash, with the size at which they were edited. */
  | { readonly kind: 'custom'; readonly hash: string; readonly shape: readonly [c: number, h: number, w: number] };

export const normalisations = ['none', 'l1', 'l2'] as const;
export type Normalisation = (typeof normalisations)[number];

export interface FilterState {
  readonly recipe: FilterRecipe;
  /** Rotated by 180 degrees: true convolution instead of cross-correlation. */
  readonly flip: boolean;
  /** Rows and columns exchanged. */
  readonly transpose: boolean;
  /** Divided by the sum of |w| (l1) or by the root of the sum of w² (l2). */
  readonly normalise: Normalisation;
}

/** One FilterState and one bias per output channel. */
export interface WeightsState {
  readonly filters: readonly FilterState[];
  readonly bias: readonly number[];
}
