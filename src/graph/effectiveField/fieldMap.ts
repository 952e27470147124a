/**
 * The effective field of a unit y: how much each pixel moves it, from the gradient g = dy / dx [C, H, W] (Luo et al., Understanding the
 * effective receptive field in deep convolutional neural networks, NeurIPS 2016). A pixel's share is the sum over its channels of
 *
 *   absolute   |g|
 *   squared    g^2, whose mean over random weights with mean 0 is the variance of g and follows the theory (`theory.ts`)
 *
 * and the mean of that over all draws, of weights, of photos or of both.
 */
import type { Shape } from '../../operators/operator.ts';

export const fieldMeasures = ['absolute', 'squared'] as const;
export type FieldMeasure = (typeof fieldMeasures)[number];

/** One value for each pixel, [H, W] row by row, none below 0. */
export interface FieldMap {
  readonly measure: FieldMeasure;
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** Adds up gradients of one shape and gives the mean of their measure. */
export class FieldMean {
  readonly #measure: FieldMeasure;
  readonly #channels: number;
  readonly #height: number;
  readonly #width: number;
  readonly #sums: Float64Array;
  #draws = 0;

  /** `shape`: of the picture, [1, C, H, W]. */
  constructor(measure: FieldMeasure, [, channels, height, width]: Shape) {
    this.#measure = measure;
    this.#channels = channels;
    this.#height = height;
    this.#width = width;
    this.#sums = new Float64Array(height * width);
  }

  /** `gradient`: [C, H, W]; null where the unit does not depend on the picture in this draw. */
  add(gradient: ArrayLike<number> | null): void {
    this.#draws++;
    if (!gradient) return;
    const plane = this.#sums.length;
    for (let i = 0; i < this.#channels * plane; i++) {
      const value = gradient[i]!;
      const share = this.#measure === 'absolute' ? Math.abs(value) : value * value;
      this.#sums[i % plane] = this.#sums[i % plane]! + share;
    }
  }

  /** Zeros before the first draw. */
  get map(): FieldMap {
    const share = this.#draws === 0 ? 0 : 1 / this.#draws;
    const values = this.#sums.map((sum) => sum * share);
    return { measure: this.#measure, height: this.#height, width: this.#width, values };
  }
}

/** What is drawn: of a mean of squares its root, which is an amplitude as |g| is. */
export function amplitudesOf({ measure, values }: FieldMap): Float64Array {
  return measure === 'squared' ? values.map(Math.sqrt) : values;
}
