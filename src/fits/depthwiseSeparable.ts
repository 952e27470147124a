/**
 * Depthwise separable: Ŵ[o, c, t] = Σ_j P[o, c, j] D[c, j, t]. On the weights the input channels decouple, and each [Cout, kh kw]
 * matrix has its best rank-m in its m largest singular values (Eckart & Young 1936). On the responses the channels are coupled by
 * what they have in common in the picture and the rank is per channel: alternating least squares, from the optimum on the weights.
 */
import { type Matrix, matrix, rowOf, submatrix } from '../math/matrix.ts';
import { svd } from '../math/svd.ts';
import { alternate } from './alternate.ts';
import { pointwiseAfter } from './chain.ts';
import type { FitProblem, Substitute } from './problem.ts';
import { type Factors, shareOut, twoLayers } from './twoLayers.ts';

function factorsOf({ layer, weights }: FitProblem, multiplier: number): Factors {
  const { inChannels, outChannels, kernelSize } = layer.conv;
  const area = kernelSize[0] * kernelSize[1];
  const first = matrix(inChannels * multiplier, area);
  const second = matrix(outChannels, inChannels * multiplier);
  const outputs = Int32Array.from({ length: outChannels }, (_, o) => o);
  const columnsOf = (c: number) => Int32Array.from({ length: area }, (_, t) => c * area + t);
  for (let c = 0; c < inChannels; c++) {
    const { values, left, right } = svd(submatrix(weights, outputs, columnsOf(c)));
    for (let j = 0; j < multiplier; j++) {
      const row = c * multiplier + j;
      shareOut(rowOf(first, row), values[j]!, rowOf(right, j));
      const mixed = new Float64Array(outChannels);
      shareOut(mixed, values[j]!, rowOf(left, j));
      mixed.forEach((value, o) => {
        second.values[o * second.columns + row] = value;
      });
    }
  }
  const blocks = Array.from({ length: inChannels * multiplier }, (_, row) => [
    { row, columns: columnsOf(Math.floor(row / multiplier)) },
  ]);
  return { blocks, first, second };
}

function substituteOf(problem: FitProblem, factors: Factors, undetermined: number): Substitute {
  const { conv, padding } = problem.conv;
  const middle = factors.first.rows;
  const depthwise = { conv: { ...conv, outChannels: middle, groups: conv.inChannels }, padding };
  const layers = {
    first: ['depthwise', depthwise],
    second: ['pointwise', pointwiseAfter(conv, middle)],
  } as const;
  return twoLayers(problem, factors, layers, undetermined);
}

export function depthwiseSeparableOnWeights(problem: FitProblem, multiplier: number): Substitute {
  return substituteOf(problem, factorsOf(problem, multiplier), 0);
}

export function* depthwiseSeparableOnResponses(
  problem: FitProblem,
  multiplier: number,
  gram: Matrix,
): Generator<number, Substitute> {
  const { factors, undetermined } = yield* alternate(problem, factorsOf(problem, multiplier), gram);
  return substituteOf(problem, factors, undetermined);
}
