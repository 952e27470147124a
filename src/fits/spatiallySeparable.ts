/**
 * Spatially separable: Ŵ[o, c, a, b] = Σ_m H[o, m, b] V[m, c, a], kh x 1 and then 1 x kw (Jaderberg, Vedaldi & Zisserman 2014, scheme 2).
 * On the weights it is the best rank of the matrix [(c, a), (b, o)], from its largest singular values. On the responses the picture's
 * metric ties (c, a) to b, and no closed form is known: alternating least squares, from the optimum on the weights.
 */
import { type Matrix, matrix, rowOf } from '../math/matrix.ts';
import { svd } from '../math/svd.ts';
import { alternate } from './alternate.ts';
import type { FitProblem, Substitute } from './problem.ts';
import { type Factors, shareOut, twoLayers } from './twoLayers.ts';

function factorsOf({ layer, weights }: FitProblem, middleChannels: number): Factors {
  const { inChannels, outChannels } = layer.conv;
  const [kh, kw] = layer.conv.kernelSize;
  const unfolded = matrix(inChannels * kh, kw * outChannels);
  // Weight [o][c][a][b]; row (c, a) is the quotient of its place in the filter by kw.
  weights.values.forEach((value, at) => {
    const o = Math.floor(at / weights.columns);
    const place = at % weights.columns;
    unfolded.values[Math.floor(place / kw) * unfolded.columns + (place % kw) * outChannels + o] = value;
  });
  const { values, left, right } = svd(unfolded);
  const first = matrix(middleChannels, inChannels * kh);
  const second = matrix(outChannels, middleChannels * kw);
  for (let m = 0; m < middleChannels; m++) {
    shareOut(rowOf(first, m), values[m]!, rowOf(left, m));
    const across = new Float64Array(kw * outChannels);
    shareOut(across, values[m]!, rowOf(right, m));
    across.forEach((value, i) => {
      second.values[(i % outChannels) * second.columns + m * kw + Math.floor(i / outChannels)] = value;
    });
  }
  const columnsUnder = Array.from({ length: kw }, (_, b) =>
    Int32Array.from({ length: inChannels * kh }, (_, i) => i * kw + b),
  );
  const blocks = Array.from({ length: middleChannels }, (_, m) =>
    columnsUnder.map((columns, b) => ({ row: m * kw + b, columns })),
  );
  return { blocks, first, second };
}

function substituteOf(problem: FitProblem, factors: Factors, undetermined: number): Substitute {
  const { conv, padding } = problem.conv;
  const middle = factors.first.rows;
  const vertical = {
    conv: {
      ...conv,
      outChannels: middle,
      kernelSize: [conv.kernelSize[0], 1],
      stride: [conv.stride[0], 1],
      dilation: [conv.dilation[0], 1],
    },
    padding: { ...padding, left: 0, right: 0 },
  } as const;
  const horizontal = {
    conv: {
      ...conv,
      inChannels: middle,
      kernelSize: [1, conv.kernelSize[1]],
      stride: [1, conv.stride[1]],
      dilation: [1, conv.dilation[1]],
    },
    padding: { ...padding, top: 0, bottom: 0 },
  } as const;
  return twoLayers(
    problem,
    factors,
    { first: ['vertical', vertical], second: ['horizontal', horizontal] },
    undetermined,
  );
}

export function spatiallySeparableOnWeights(problem: FitProblem, middleChannels: number): Substitute {
  return substituteOf(problem, factorsOf(problem, middleChannels), 0);
}

export function* spatiallySeparableOnResponses(
  problem: FitProblem,
  middleChannels: number,
  gram: Matrix,
): Generator<number, Substitute> {
  const { factors, undetermined } = yield* alternate(problem, factorsOf(problem, middleChannels), gram);
  return substituteOf(problem, factors, undetermined);
}
