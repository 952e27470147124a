/** The sign of what a stage does, as it stands before its maps: kernels cell by cell, a window, a join, or a word. */
import type { ArithmeticFunction } from '../../../operators/arithmetic/attributes.ts';
import type { Operator } from '../../../operators/index.ts';
import type { Pair } from '../../../operators/operator.ts';

export type Glyph =
  /** Learned kernels: `count` of them, each of `slices` channels. */
  | { readonly kind: 'kernels'; readonly size: Pair; readonly slices: number; readonly count: number }
  /** One learned number for each input: `count` rows of them. */
  | { readonly kind: 'matrix'; readonly slices: number; readonly count: number }
  /** Learned numbers of each channel. */
  | { readonly kind: 'channels' }
  | { readonly kind: 'window'; readonly size: Pair; readonly function: 'max' | 'average' }
  | { readonly kind: 'join'; readonly sign: string }
  | { readonly kind: 'block' }
  | { readonly kind: 'word'; readonly word: string };

const arithmeticSigns: Readonly<Record<ArithmeticFunction, string>> = {
  add: '+',
  subtract: '−',
  multiply: '×',
  divide: '÷',
  power: '^',
  minimum: '∧',
  maximum: '∨',
};

/** Null for the picture. */
export function glyphOf(operator: Operator): Glyph | null {
  switch (operator.kind) {
    case 'input':
      return null;
    case 'conv2d':
    case 'deform_conv2d': {
      const { kernelSize: size, inChannels, groups, outChannels: count } = operator;
      return { kind: 'kernels', size, slices: inChannels / groups, count };
    }
    case 'locally_connected2d': {
      const { kernelSize: size, inChannels: slices, outChannels: count } = operator;
      return { kind: 'kernels', size, slices, count };
    }
    case 'conv_transpose2d': {
      const { kernelSize: size, inChannels: count, groups, outChannels } = operator;
      return { kind: 'kernels', size, slices: outChannels / groups, count };
    }
    case 'linear':
      return { kind: 'matrix', slices: operator.inFeatures, count: operator.outFeatures };
    case 'batch_norm2d':
    case 'group_norm':
    case 'layer_norm2d':
    case 'prelu':
      return { kind: 'channels' };
    case 'pool2d':
      return { kind: 'window', size: operator.kernelSize, function: operator.function };
    case 'adaptive_pool2d':
      return { kind: 'word', word: operator.function === 'max' ? 'max' : 'avg' };
    case 'concat':
      return { kind: 'join', sign: '∥' };
    case 'arithmetic':
      return { kind: 'join', sign: arithmeticSigns[operator.function] };
    case 'activation':
    case 'elementwise':
    case 'reduce':
      return { kind: 'word', word: operator.function };
    case 'resize':
      return { kind: 'word', word: 'up' };
    case 'channel_shuffle':
      return { kind: 'word', word: 'shuffle' };
    case 'depth_to_space':
    case 'space_to_depth':
      return { kind: 'word', word: 'pixels' };
    case 'reshape':
      return { kind: 'word', word: 'shape' };
    case 'local_response_norm':
      return { kind: 'word', word: 'LRN' };
    case 'dropout':
      return { kind: 'word', word: 'drop' };
    case 'pad':
    case 'permute':
    case 'slice':
    case 'softmax':
      return { kind: 'word', word: operator.kind };
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
    case 'batch_standardise':
    case 'cross_entropy':
    case 'seeded_dropout':
      return { kind: 'word', word: '∂' };
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}

export interface GlyphSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels of one cell of a kernel: the same for all kernels of a network, so that the widest is `widest`. */
export function kernelCell(glyphs: readonly (Glyph | null)[], widest = 35): number {
  const sizes = glyphs.map((glyph) => (glyph?.kind === 'kernels' ? Math.max(...glyph.size) : 1));
  return Math.min(6, widest / Math.max(1, ...sizes));
}

/** How far a drawn thing that lies `depth` pixels behind its front reaches to the right and upwards. */
export const deeper = (depth: number) => ({ x: depth, y: 0.6 * depth });

export const joinRadius = 8;
/** Of a window's cell, and of a word's sign. */
export const windowCell = 8;
const letter = 6.2;

/** The front alone for kernels: their depth comes to it. `cell` as `kernelCell` gives it. */
export function glyphSize(glyph: Glyph, cell: number): GlyphSize {
  switch (glyph.kind) {
    case 'kernels':
      return { width: Math.max(4, glyph.size[1] * cell), height: Math.max(4, glyph.size[0] * cell) };
    case 'matrix':
      return { width: 8, height: 44 };
    case 'channels':
      return { width: 6, height: 26 };
    case 'window':
      return { width: 2 * windowCell, height: 2 * windowCell };
    case 'join':
      return { width: 2 * joinRadius, height: 2 * joinRadius };
    case 'block':
      return { width: 34, height: 34 };
    case 'word':
      return { width: Math.max(20, glyph.word.length * letter + 8), height: 18 };
    default:
      glyph satisfies never;
      throw new Error('unknown glyph');
  }
}
