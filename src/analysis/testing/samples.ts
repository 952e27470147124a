/** Samples of channels for tests, and their moments in two plain passes. */
import { type Matrix, matrix, rowOf } from '../../math/matrix.ts';
import { normalAt } from '../../math/random.ts';
import type { CrossMoments, PairMoments } from '../secondMoments.ts';

/** [C, samples]: independent, normal. */
export function normalChannels(channels: number, samples: number, seed: number): Matrix {
  return matrix(
    channels,
    samples,
    Float64Array.from({ length: channels * samples }, (_, i) => normalAt(seed, 0, i)),
  );
}

function crossMoments(x: Matrix, y: Matrix): CrossMoments {
  const meansOf = (m: Matrix) =>
    Float64Array.from({ length: m.rows }, (_, c) => rowOf(m, c).reduce((sum, value) => sum + value, 0) / m.columns);
  const means = [meansOf(x), meansOf(y)] as const;
  const products = matrix(x.rows, y.rows);
  for (let i = 0; i < x.rows; i++)
    for (let j = 0; j < y.rows; j++)
      products.values[i * y.rows + j] = rowOf(x, i).reduce(
        (sum, value, s) => sum + (value - means[0][i]!) * (rowOf(y, j)[s]! - means[1][j]!),
        0,
      );
  return { count: x.columns, means, products };
}

export function pairMoments(x: Matrix, y: Matrix): PairMoments {
  return { first: crossMoments(x, x), second: crossMoments(y, y), between: crossMoments(x, y) };
}
