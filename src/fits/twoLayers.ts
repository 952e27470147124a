/**
 * Two layers for one: Ŵ = M A, where row q of A is what middle channel q (or its tap) takes from the patch, and M [Cout, rows of A]
 * mixes them. The numbers of A stand in blocks; a block may stand in several rows at other columns, as a kh x 1 kernel does under each
 * tap of the 1 x kw that follows it.
 */
import { addScaled, type Matrix, matrix, rowOf } from '../math/matrix.ts';
import { convNodes, fitInput, valuesOf } from './chain.ts';
import type { FitProblem, Substitute } from './problem.ts';
import type { PlacedConv } from './taps.ts';

/** Where a block stands: number i of it at (row, columns[i]) of A, for every place. */
export type Block = readonly { readonly row: number; readonly columns: Int32Array }[];

export interface Factors {
  readonly blocks: readonly Block[];
  /** The numbers of each block, one row each: the weights of the first layer in PyTorch's order. */
  readonly first: Matrix;
  /** M: the weights of the second layer in PyTorch's order. */
  readonly second: Matrix;
}

/** Ŵ [Cout, columns]. */
export function kernelOf({ blocks, first, second }: Factors, columns: number): Matrix {
  const kernel = matrix(second.rows, columns);
  for (let o = 0; o < second.rows; o++) {
    const target = rowOf(kernel, o);
    blocks.forEach((block, index) => {
      const numbers = rowOf(first, index);
      for (const { row, columns: places } of block) {
        const factor = second.values[o * second.columns + row]!;
        for (let i = 0; i < places.length; i++) target[places[i]!] = target[places[i]!]! + factor * numbers[i]!;
      }
    });
  }
  return kernel;
}

/** Rank-one terms u_r s_r v_rᵀ shared out evenly: √s u to the second layer, √s v to the first. */
export function shareOut(target: Float64Array, value: number, vector: Float64Array): void {
  target.fill(0);
  addScaled(target, Math.sqrt(value), vector);
}

/** The two layers as nodes. The bias is the layer's own, behind the second. */
export function twoLayers(
  { layer, weights }: FitProblem,
  factors: Factors,
  layers: { readonly first: readonly [id: string, PlacedConv]; readonly second: readonly [id: string, PlacedConv] },
  undetermined: number,
): Substitute {
  const [firstId, first] = layers.first;
  const [secondId, second] = layers.second;
  return {
    nodes: [
      ...convNodes(firstId, fitInput, { ...first, conv: { ...first.conv, bias: false } }),
      ...convNodes(secondId, firstId, second),
    ],
    parameters: {
      [firstId]: valuesOf(factors.first.values, null),
      [secondId]: valuesOf(factors.second.values, layer.parameters.bias),
    },
    kernel: kernelOf(factors, weights.columns),
    undetermined,
  };
}
