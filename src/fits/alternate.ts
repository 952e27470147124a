/**
 * Alternating least squares for Ŵ = M A on the responses, where no closed form is known: M for given A is one regression; then each
 * block of A for all others given is one, too. Every step is the optimum of its own numbers, so the error never grows; where it ends is
 * a minimum along these directions and need not be the least of all.
 */
import { solveSemidefinite } from '../math/cholesky.ts';
import {
  addScaled,
  difference,
  dot,
  type Matrix,
  matrix,
  multiply,
  rowOf,
  submatrix,
  transposed,
} from '../math/matrix.ts';
import { energyOf, type FitProblem } from './problem.ts';
import { type Block, type Factors, kernelOf } from './twoLayers.ts';

const mostSweeps = 40;
/** It ends when a sweep takes off less than this share of the squared error. */
const leastGain = 1e-5;

type Between = (a: Int32Array, b: Int32Array) => Matrix;

/** From `start` on; never worse than it. Yields the share of the sweeps that are allowed, once a block. */
export function* alternate(
  { weights }: Pick<FitProblem, 'weights'>,
  start: Factors,
  gram: Matrix,
): Generator<number, { readonly factors: Factors; readonly undetermined: number }> {
  const lostBy = (factors: Factors) => difference(weights, kernelOf(factors, weights.columns));
  let best = { factors: start, undetermined: 0 };
  let least = energyOf(lostBy(start), gram);
  // Below this an error is rounding, and to make it less is to fit the rounding.
  const rounding = Number.EPSILON * energyOf(weights, gram);
  // G between two sets of columns: a few large ones for a kh x 1 kernel, which all blocks share.
  const known = new Map<Int32Array, Map<Int32Array, Matrix>>();
  const between: Between = (a, b) => {
    const row = known.get(a) ?? new Map<Int32Array, Matrix>();
    known.set(a, row);
    const part = row.get(b) ?? submatrix(gram, a, b);
    row.set(b, part);
    return part;
  };
  for (let sweep = 0; sweep < mostSweeps && least > rounding; sweep++) {
    const { second, undetermined } = refitSecond(weights, best.factors, gram);
    const factors: Factors = {
      ...best.factors,
      first: { ...start.first, values: best.factors.first.values.slice() },
      second,
    };
    const residual = multiply(lostBy(factors), gram);
    for (const [index, block] of factors.blocks.entries()) {
      refitBlock(residual, factors, block, index, gram, between);
      yield (sweep + (index + 1) / factors.blocks.length) / mostSweeps;
    }
    const error = dot(lostBy(factors).values, residual.values);
    if (!(error < least)) break;
    const gain = least - error;
    best = { factors, undetermined };
    least = error;
    if (gain < leastGain * error) break;
  }
  return best;
}

/** M + Δ with Δ (A G Aᵀ) = (W - Ŵ) G Aᵀ. */
function refitSecond(weights: Matrix, factors: Factors, gram: Matrix): { second: Matrix; undetermined: number } {
  const { blocks, first, second } = factors;
  const measured = matrix(second.columns, gram.columns);
  blocks.forEach((block, index) => {
    for (const { row, columns } of block) {
      const target = rowOf(measured, row);
      columns.forEach((column, i) => {
        addScaled(target, first.values[index * first.columns + i]!, rowOf(gram, column));
      });
    }
  });
  const normal = timesTransposed(measured, factors);
  const residual = multiply(difference(weights, kernelOf(factors, weights.columns)), transposed(measured));
  const { solution, rank } = solveSemidefinite(normal, transposed(residual));
  const moved = matrix(second.rows, second.columns, second.values.slice());
  addScaled(moved.values, 1, transposed(solution).values);
  return { second: moved, undetermined: second.columns - rank };
}

/** X Aᵀ, reading only the places where A has numbers. */
function timesTransposed(x: Matrix, { blocks, first, second }: Factors): Matrix {
  const product = matrix(x.rows, second.columns);
  for (let i = 0; i < x.rows; i++) {
    const source = rowOf(x, i);
    blocks.forEach((block, index) => {
      for (const { row, columns } of block) {
        let sum = 0;
        for (let k = 0; k < columns.length; k++) sum += source[columns[k]!]! * first.values[index * first.columns + k]!;
        product.values[i * second.columns + row] = sum;
      }
    });
  }
  return product;
}

/** One block's numbers to their optimum, in place; `residual` = (W - Ŵ) G is kept in step. */
function refitBlock(
  residual: Matrix,
  { first, second }: Factors,
  block: Block,
  index: number,
  gram: Matrix,
  between: Between,
): void {
  const numbers = rowOf(first, index);
  const length = numbers.length;
  const normal = matrix(length, length);
  const right = matrix(length, 1);
  const mixing = block.map(({ row }) => columnOf(second, row));
  block.forEach((place, p) => {
    block.forEach((other, q) => {
      let weight = 0;
      for (let o = 0; o < second.rows; o++) weight += mixing[p]![o]! * mixing[q]![o]!;
      if (weight !== 0) addScaled(normal.values, weight, between(place.columns, other.columns).values);
    });
    for (let o = 0; o < second.rows; o++) {
      const source = rowOf(residual, o);
      const factor = mixing[p]![o]!;
      for (let i = 0; i < length; i++) right.values[i] = right.values[i]! + factor * source[place.columns[i]!]!;
    }
  });
  const step = solveSemidefinite(normal, right).solution.values;
  addScaled(numbers, 1, step);
  block.forEach(({ columns }, p) => {
    const moved = new Float64Array(gram.columns);
    for (let i = 0; i < length; i++) addScaled(moved, step[i]!, rowOf(gram, columns[i]!));
    for (let o = 0; o < second.rows; o++) addScaled(rowOf(residual, o), -mixing[p]![o]!, moved);
  });
}

function columnOf({ rows, columns, values }: Matrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => values[i * columns + column]!);
}
