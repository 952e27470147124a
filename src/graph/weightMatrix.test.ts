import { arithmeticOf } from '../operators/arithmeticOf.ts';
import '../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearCases } from '../../tests/support/cases/linear.ts';
import { locallyConnected2dCases } from '../../tests/support/cases/locallyConnected2d.ts';
import { caseOf, type OperatorCase } from '../../tests/support/cases/operatorCase.ts';
import { convShapes } from '../../tests/support/convCases.ts';
import { createConv2d } from '../operators/conv2d/index.ts';
import { createLinear } from '../operators/linear/index.ts';
import { createLocallyConnected2d } from '../operators/locallyConnected2d/index.ts';
import type { Shape } from '../operators/operator.ts';
import { entriesOf, type MatrixOperator, multiplied, type WeightMatrix, weightMatrix } from './weightMatrix.ts';

/** The matrix in full: parameter indices, '.' where there is none. */
function drawn({ rows, columns, entries }: WeightMatrix): readonly string[] {
  const cells = Array.from({ length: rows }, () => new Array<string>(columns).fill('.'));
  entries.parameters.forEach((parameter, i) => {
    cells[entries.rows[i]!]![entries.columns[i]!] = String(parameter);
  });
  return cells.map((row) => row.join(' '));
}

const row: Shape = [1, 1, 1, 4];

describe('the matrix of a layer over a row of 4 pixels', () => {
  it('is full for a fully connected layer', () => {
    const matrix = weightMatrix(createLinear({ inFeatures: 4, outFeatures: 2 }), [1, 4, 1, 1]);
    expect(drawn(matrix)).toEqual(['0 1 2 3', '4 5 6 7']);
    expect(matrix).toMatchObject({ zeroShare: 0, sharedShare: 0, parameters: 8 });
  });

  it('is a band for a locally connected layer of 2 taps', () => {
    const layer = { inChannels: 1, outChannels: 1, inputSize: [1, 4], kernelSize: [1, 2] } as const;
    const matrix = weightMatrix(createLocallyConnected2d(layer), row);
    expect(drawn(matrix)).toEqual(['0 1 . .', '. 2 3 .', '. . 4 5']);
    expect(matrix).toMatchObject({ zeroShare: 0.5, sharedShare: 0, parameters: 6 });
  });

  it('is a band with one value along each line for a convolution', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2] });
    const matrix = weightMatrix(conv, row);
    expect(drawn(matrix)).toEqual(['0 1 . .', '. 0 1 .', '. . 0 1']);
    expect(matrix).toMatchObject({ zeroShare: 0.5, sharedShare: 1, parameters: 2 });
  });

  it('leaves out what stands on zero padding', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 3], padding: 'same' });
    expect(drawn(weightMatrix(conv, row))).toEqual(['1 2 . .', '0 1 2 .', '. 0 1 2', '. . 0 1']);
  });

  it('has a block of bands for every row of a kernel', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [2, 2] });
    expect(drawn(weightMatrix(conv, [1, 1, 2, 3]))).toEqual(['0 1 . 2 3 .', '. 0 1 . 2 3']);
  });
});

const cases: fc.Arbitrary<OperatorCase> = fc.oneof(
  linearCases.random,
  locallyConnected2dCases.random,
  fc.tuple(convShapes, fc.nat(1000)).map(([{ conv, shape }, seed]) => caseOf(conv, [shape], seed)),
);

describe('the matrix and the layer agree', () => {
  it('the matrix times the flattened input, plus the bias, is the output', () => {
    fc.assert(
      fc.property(cases, ({ operator, inputs, parameters }) => {
        const input = inputs[0]!;
        const matrix = weightMatrix(operator as MatrixOperator, input.shape);
        const withoutBias = { ...operator, bias: false } as MatrixOperator;
        const { output } = arithmeticOf(operator).reference(withoutBias, [input], { ...parameters!, bias: null });
        const perImage = output.values.length / input.shape[0];
        expect(matrix.rows).toBe(perImage);
        for (let image = 0; image < input.shape[0]; image++) {
          const flat = input.values.slice(image * matrix.columns, (image + 1) * matrix.columns);
          multiplied(matrix, parameters!.weight, flat).forEach((value, i) => {
            expect(value).toBeCloseTo(output.values[image * perImage + i]!, 9);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('it has an entry for every useful multiply-add, each in a cell of the matrix', () => {
    fc.assert(
      fc.property(cases, ({ operator, inputs }) => {
        const { shape } = inputs[0]!;
        const { rows, columns, entries } = weightMatrix(operator as MatrixOperator, shape);
        expect(entriesOf(operator as MatrixOperator, shape)).toBe(entries.rows.length);
        expect(entries.rows.every((at) => at >= 0 && at < rows)).toBe(true);
        expect(entries.columns.every((at) => at >= 0 && at < columns)).toBe(true);
        const isAscending = entries.rows.every((at, i) => i === 0 || entries.rows[i - 1]! <= at);
        expect(isAscending).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
