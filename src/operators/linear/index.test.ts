import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearCases } from '../../../tests/support/cases/linear.ts';
import { conv2dArithmetic } from '../conv2d/arithmetic.ts';
import { convolutionOf } from '../convolutionOf.ts';
import type { Shape } from '../operator.ts';
import { createLinear, linear } from './index.ts';

const layer = createLinear({ inFeatures: 3, outFeatures: 2 });

function refusal(shape: Shape, change: Partial<typeof layer> = {}) {
  const result = linear.outputShape({ ...layer, ...change }, [shape]);
  if (result.ok) throw new Error(`it has the shape ${result.value}`);
  return result.error;
}

describe('a fully connected layer', () => {
  it('multiplies every image by the weight and adds the bias', () => {
    const input = { shape: [2, 3, 1, 1], values: Float64Array.of(1, 2, 3, 0, 0, -1) } as const;
    const parameters = { weight: Float32Array.of(1, 10, 100, 2, 0, -4), bias: Float32Array.of(0.5, 7) };
    const { output, magnitude } = linear.reference(layer, [input], parameters);
    expect(output.shape).toEqual([2, 2, 1, 1]);
    expect([...output.values]).toEqual([321.5, -3, -99.5, 11]);
    expect([...magnitude]).toEqual([321.5, 21, 100.5, 11]);
  });

  it('costs one multiply-add and one parameter per connection', () => {
    expect(linear.cost(createLinear({ inFeatures: 784, outFeatures: 10 }), [[1, 784, 1, 1]])).toEqual({
      parameters: 7850,
      macs: 7840,
      usefulMacs: 7840,
      activationBytes: 40,
    });
  });

  it("refuses other features in PyTorch's words", () => {
    expect(refusal([2, 4, 1, 1])).toMatchObject({
      code: 'input-channels',
      message: 'mat1 and mat2 shapes cannot be multiplied (2x4 and 3x2)',
    });
    expect(refusal([2, 3, 5, 4])).toMatchObject({
      code: 'input-not-flat',
      message: 'mat1 and mat2 shapes cannot be multiplied (30x4 and 3x2)',
    });
    expect(refusal([2, 3, 1, 1], { outFeatures: 1.5 }).message).toBe('out_features must be int, but got 1.5');
  });

  it('is the pointwise convolution of a map of one pixel', () => {
    fc.assert(
      fc.property(linearCases.random, ({ operator, inputs, parameters }) => {
        if (operator.kind !== 'linear') throw new Error(`a case of ${operator.kind}`);
        const own = linear.reference(operator, inputs, parameters);
        const pointwise = conv2dArithmetic.reference(convolutionOf(operator)!, inputs, parameters);
        expect(own.output.shape).toEqual(pointwise.output.shape);
        own.output.values.forEach((value, i) => {
          expect(value).toBeCloseTo(pointwise.output.values[i]!, 12);
          expect(own.magnitude[i]!).toBeCloseTo(pointwise.magnitude[i]!, 12);
        });
      }),
    );
  });
});
