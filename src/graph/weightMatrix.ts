/**
 * A layer as the matrix of a fully connected layer: y = W x + bias over the flattened input of one image, [C H W] to [N OH OW], row-major. A
 * fully connected layer fills it; a locally connected one cuts the connections to bands; a convolution has one value along each line of
 * the bands (doubly blocked Toeplitz: Goodfellow, Bengio & Courville, Deep Learning, 2016, section 9.1).
 */
import type { Conv2d } from '../operators/conv2d/attributes.ts';
import { sourceIndex, windowOf } from '../operators/conv2d/index.ts';
import { rulesOf } from '../operators/index.ts';
import type { Linear } from '../operators/linear/attributes.ts';
import type { LocallyConnected2d } from '../operators/locallyConnected2d/attributes.ts';
import { outputShapeOf, patchOf, weightsPerKernel } from '../operators/locallyConnected2d/positions.ts';
import type { FloatArray, Shape } from '../operators/operator.ts';
import { elementsOf } from '../operators/tensors.ts';
import { firstTap, outputSize, type Window } from '../operators/window.ts';

export type MatrixOperator = Linear | LocallyConnected2d | Conv2d;

/** The connections that are there, row by row; entry i is weight `parameters[i]` (an index into `weight`) at (rows[i], columns[i]). */
export interface WeightMatrix {
  /** Outputs and inputs of one image. */
  readonly rows: number;
  readonly columns: number;
  readonly entries: {
    readonly rows: Int32Array;
    readonly columns: Int32Array;
    readonly parameters: Int32Array;
  };
  /** Cells without a connection, of rows x columns: 0..1. */
  readonly zeroShare: number;
  /** Connections whose weight another connection has too, of all connections: 0..1. */
  readonly sharedShare: number;
  /** Different weights among the connections. */
  readonly parameters: number;
}

/**
 * How many entries the matrix has, without making it: one for each useful multiply-add of one image. (A padding that copies pixels has
 * them all; then two entries may stand in one cell, and add.)
 */
export function entriesOf(operator: MatrixOperator, [, channels, height, width]: Shape): number {
  return rulesOf(operator).cost(operator, [[1, channels, height, width]]).usefulMacs;
}

/** The matrix for an input [N, C, H, W] of valid shape; the same for every image. Large: ask `entriesOf` first. */
export function weightMatrix(operator: MatrixOperator, input: Shape): WeightMatrix {
  const output = rulesOf(operator).outputShape(operator, [input]);
  if (!output.ok) throw new Error(output.error.message);
  const [rows, columns] = [elementsOf(output.value) / input[0], elementsOf(input) / input[0]];
  const count = entriesOf(operator, input);
  const entries = {
    rows: new Int32Array(count),
    columns: new Int32Array(count),
    parameters: new Int32Array(count),
  };
  let at = 0;
  const add: AddEntry = (row, column, parameter) => {
    entries.rows[at] = row;
    entries.columns[at] = column;
    entries.parameters[at] = parameter;
    at++;
  };
  switch (operator.kind) {
    case 'linear':
      addLinear(operator, add);
      break;
    case 'locally_connected2d':
      addLocal(operator, add);
      break;
    case 'conv2d':
      addConv(operator, input, add);
      break;
    default:
      operator satisfies never;
  }
  return { rows, columns, entries, ...sharesOf(entries, rows, columns) };
}

type AddEntry = (row: number, column: number, parameter: number) => void;

function addLinear({ inFeatures, outFeatures }: Linear, add: AddEntry): void {
  for (let row = 0; row < outFeatures; row++)
    for (let column = 0; column < inFeatures; column++) add(row, column, row * inFeatures + column);
}

function addLocal(layer: LocallyConnected2d, add: AddEntry): void {
  const [, filters, rows, columns] = outputShapeOf(layer, 1);
  const perKernel = weightsPerKernel(layer);
  const positions = rows * columns;
  for (let o = 0; o < filters; o++) {
    for (let position = 0; position < positions; position++) {
      const kernel = (position * filters + o) * perKernel;
      patchOf(layer, Math.floor(position / columns), position % columns).forEach((source, i) => {
        if (source >= 0) add(o * positions + position, source, kernel + i);
      });
    }
  }
}

/** For every output along an axis its taps and the pixels that they read; taps on zeros are left out. */
function readsAlong(window: Window, mode: Conv2d['paddingMode']) {
  return Array.from({ length: outputSize(window) }, (_, output) =>
    Array.from({ length: window.kernel }, (_, tap) => ({
      tap,
      pixel: sourceIndex(firstTap(window, output) + tap * window.dilation, window.input, mode),
    })).flatMap(({ tap, pixel }) => (pixel === null ? [] : [{ tap, pixel }])),
  );
}

function addConv(conv: Conv2d, [, , height, width]: Shape, add: AddEntry): void {
  const rows = readsAlong(windowOf(conv, 'h', height), conv.paddingMode);
  const columns = readsAlong(windowOf(conv, 'w', width), conv.paddingMode);
  const [filters, slices] = [conv.outChannels / conv.groups, conv.inChannels / conv.groups];
  const [kh, kw] = conv.kernelSize;
  for (let o = 0; o < conv.outChannels; o++) {
    const firstChannel = Math.floor(o / filters) * slices;
    for (const [u, vertical] of rows.entries()) {
      for (const [v, horizontal] of columns.entries()) {
        const row = (o * rows.length + u) * columns.length + v;
        for (let c = 0; c < slices; c++) {
          for (const { tap: a, pixel: y } of vertical) {
            for (const { tap: b, pixel: x } of horizontal)
              add(row, ((firstChannel + c) * height + y) * width + x, ((o * slices + c) * kh + a) * kw + b);
          }
        }
      }
    }
  }
}

function sharesOf(entries: WeightMatrix['entries'], rows: number, columns: number) {
  const { parameters } = entries;
  const uses = new Map<number, number>();
  const taken = new Set<number>();
  parameters.forEach((parameter, i) => {
    uses.set(parameter, (uses.get(parameter) ?? 0) + 1);
    taken.add(entries.rows[i]! * columns + entries.columns[i]!);
  });
  const shared = [...uses.values()].reduce((sum, count) => sum + (count > 1 ? count : 0), 0);
  return {
    zeroShare: 1 - taken.size / (rows * columns),
    sharedShare: parameters.length === 0 ? 0 : shared / parameters.length,
    parameters: uses.size,
  };
}

/** W x for one flattened image, in float64; the layer's output but for its bias. */
export function multiplied({ rows, entries }: WeightMatrix, weight: FloatArray, image: FloatArray): Float64Array {
  const output = new Float64Array(rows);
  entries.rows.forEach((row, i) => {
    output[row]! += weight[entries.parameters[i]!]! * image[entries.columns[i]!]!;
  });
  return output;
}
