/**
 * One convolution with other taps: 1x1 in the centre, a smaller kernel, a dilated one. On the weights the best is the cut: taps that
 * stand where the layer has one keep its weight, others are 0. On the responses it is linear regression: the normal equations on the
 * Gram matrix of the patches, in closed form.
 */
import { type Matrix, matrix } from '../math/matrix.ts';
import { convNodes, fitInput, valuesOf } from './chain.ts';
import { type FitProblem, regress, type Substitute } from './problem.ts';
import { indexOfTap, tapsOfConv } from './taps.ts';

/** The columns of the problem that the substitute has, channel by channel in the order of its weights. */
function columnsOf({ conv, taps }: FitProblem): Int32Array {
  const own = tapsOfConv(conv).map((tap) => indexOfTap(taps, tap));
  return Int32Array.from(
    { length: conv.conv.inChannels * own.length },
    (_, i) => Math.floor(i / own.length) * taps.length + own[i % own.length]!,
  );
}

function substituteOf(
  { layer, conv }: FitProblem,
  kernel: Matrix,
  columns: Int32Array,
  undetermined: number,
): Substitute {
  const id = 'conv';
  const weights = new Float64Array(kernel.rows * columns.length);
  for (let o = 0; o < kernel.rows; o++)
    columns.forEach((column, i) => {
      weights[o * columns.length + i] = kernel.values[o * kernel.columns + column]!;
    });
  return {
    nodes: convNodes(id, fitInput, conv),
    parameters: { [id]: valuesOf(weights, layer.parameters.bias) },
    kernel,
    undetermined,
  };
}

function cut({ weights }: FitProblem, columns: Int32Array): Matrix {
  const kernel = matrix(weights.rows, weights.columns);
  for (let o = 0; o < kernel.rows; o++)
    for (const column of columns) {
      const at = o * kernel.columns + column;
      kernel.values[at] = weights.values[at]!;
    }
  return kernel;
}

export function otherTapsOnWeights(problem: FitProblem): Substitute {
  const columns = columnsOf(problem);
  return substituteOf(problem, cut(problem, columns), columns, 0);
}

export function otherTapsOnResponses(problem: FitProblem, gram: Matrix): Substitute {
  const columns = columnsOf(problem);
  const outputs = Int32Array.from({ length: problem.weights.rows }, (_, o) => o);
  const { kernel, undetermined } = regress(problem, cut(problem, columns), gram, columns, outputs);
  return substituteOf(problem, kernel, columns, undetermined);
}
