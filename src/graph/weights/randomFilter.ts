/**
 * Random filters as initialisers draw them, each weight a function of (seed, filter, place) alone. One integer draw, one float32
 * scale, one rounding: a shader can give the same bits.
 */
import { normalAt, uniformAt } from '../../math/random.ts';
import type { Pair } from '../../operators/operator.ts';
import type { Distribution } from './filterState.ts';

/** Keras's RandomNormal (deviation) and RandomUniform (largest value). */
const plainScale = 0.05;

export interface FilterSize {
  /** Input channels that the filter reads. */
  readonly slices: number;
  readonly size: Pair;
  readonly outChannels: number;
}

/**
 * The filter's weights [slices, kh, kw]. He: normal of variance 2 / fan_in (He et al., 2015); Xavier: uniform within
 * ±√(6 / (fan_in + fan_out)) (Glorot & Bengio, 2010); fans as `torch.nn.init` counts them. Normal and uniform: scale 0.05.
 */
export function randomFilter(
  { distribution, seed, index }: { readonly distribution: Distribution; readonly seed: number; readonly index: number },
  { slices, size, outChannels }: FilterSize,
): Float64Array {
  const area = size[0] * size[1];
  const scale = Math.fround(scaleOf(distribution, slices * area, outChannels * area));
  const draw = distribution === 'he' || distribution === 'normal' ? normalAt : uniformAt;
  return Float64Array.from({ length: slices * area }, (_, i) => Math.fround(scale * draw(seed, index, i)));
}

/** The deviation (he, normal) or the largest value (xavier, uniform) of weights with so many inputs and outputs. */
export function scaleOf(distribution: Distribution, fanIn: number, fanOut: number): number {
  switch (distribution) {
    case 'he':
      return Math.sqrt(2 / fanIn);
    case 'xavier':
      return Math.sqrt(6 / (fanIn + fanOut));
    case 'normal':
    case 'uniform':
      return plainScale;
    default:
      distribution satisfies never;
      throw new Error('unknown distribution');
  }
}
