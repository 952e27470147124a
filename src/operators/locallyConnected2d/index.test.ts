import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locallyConnected2dCases } from '../../../tests/support/cases/locallyConnected2d.ts';
import { valuesOf } from '../../../tests/support/cases/operatorCase.ts';
import { conv2dArithmetic } from '../conv2d/arithmetic.ts';
import { conv2d, createConv2d } from '../conv2d/index.ts';
import type { Shape } from '../operator.ts';
import type { LocallyConnected2d } from './attributes.ts';
import { createLocallyConnected2d, locallyConnected2d } from './index.ts';
import { planLocallyConnected2d } from './plan.ts';
import { outputShapeOf } from './positions.ts';

const layer = createLocallyConnected2d({ inChannels: 1, outChannels: 1, inputSize: [1, 3], kernelSize: [1, 2] });

function refusal(shape: Shape, change: Partial<LocallyConnected2d> = {}) {
  const result = locallyConnected2d.outputShape({ ...layer, ...change }, [shape]);
  if (result.ok) throw new Error(`it has the shape ${result.value}`);
  return result.error;
}

describe('a locally connected layer', () => {
  it('has a kernel and a bias of its own at every position', () => {
    const input = { shape: [1, 1, 1, 3], values: Float64Array.of(1, 2, 3) } as const;
    const parameters = { weight: Float32Array.of(1, 10, 100, 1000), bias: Float32Array.of(0.5, -1) };
    expect([...locallyConnected2d.reference(layer, [input], parameters).output.values]).toEqual([21.5, 3199]);
  });

  it('costs what its convolution costs, and parameters for every position', () => {
    const photo = createLocallyConnected2d({ inChannels: 3, outChannels: 8, inputSize: [32, 32], kernelSize: [5, 5] });
    expect(locallyConnected2d.parameters(photo).map(({ shape }) => shape)).toEqual([
      [784, 8, 75],
      [8, 28, 28],
    ]);
    const conv = createConv2d({ inChannels: 3, outChannels: 8, kernelSize: [5, 5] });
    const { macs, usefulMacs, activationBytes } = conv2d.cost(conv, [[1, 3, 32, 32]]);
    const parameters = 784 * (8 * 75 + 8);
    expect(locallyConnected2d.cost(photo, [[1, 3, 32, 32]])).toEqual({ parameters, macs, usefulMacs, activationBytes });
  });

  it('is made for one size', () => {
    expect(refusal([1, 1, 2, 3]).message).toBe(
      'expected input[1, 1, 2, 3] to have size (1 x 3), but got (2 x 3) instead',
    );
    expect(refusal([1, 2, 1, 3]).code).toBe('input-channels');
    expect(refusal([1, 1, 1, 3], { kernelSize: [1, 4] }).message).toBe(
      "Calculated padded input size per channel: (1 x 3). Kernel size: (1 x 4). Kernel size can't be greater than actual input size",
    );
  });

  it('with one kernel everywhere is the convolution', () => {
    fc.assert(
      fc.property(locallyConnected2dCases.random, ({ operator, inputs }) => {
        const local = operator as LocallyConnected2d;
        const { kind: _, inputSize: __, ...shared } = local;
        const [, filters, rows, columns] = outputShapeOf(local, 1);
        const weight = valuesOf(filters * shared.inChannels * shared.kernelSize[0] * shared.kernelSize[1], 3);
        const bias = valuesOf(filters, 4);
        const everywhere = new Float32Array(rows * columns * weight.length);
        for (let position = 0; position < rows * columns; position++) everywhere.set(weight, position * weight.length);
        const biases = Float32Array.from(
          { length: filters * rows * columns },
          (_, i) => bias[Math.floor(i / (rows * columns))]!,
        );
        const conv = { ...createConv2d(shared), bias: true };
        const expected = conv2dArithmetic.reference(conv, inputs, { weight, bias });
        const { output } = locallyConnected2d.reference({ ...local, bias: true }, inputs, {
          weight: everywhere,
          bias: biases,
        });
        expect(output.shape).toEqual(expected.output.shape);
        output.values.forEach((value, i) => {
          expect(value).toBeCloseTo(expected.output.values[i]!, 12);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('has weights in blocks of eight filters that can be packed by themselves', () => {
    const wide = createLocallyConnected2d({ inChannels: 2, outChannels: 20, inputSize: [9, 9], kernelSize: [3, 3] });
    const traits = { maxWorkgroupsPerDimension: 65535 };
    const { passes } = planLocallyConnected2d(wide, [[1, 2, 9, 9]], [1, 20, 7, 7], traits);
    const packing = passes.flatMap(({ operands }) => operands).find((operand) => operand.of === 'packed')!.packing;
    // 8 filters at 49 positions with 18 weights and a bias each, three times.
    expect([packing.blocks, packing.perBlock]).toEqual([3, 8 * 49 * 19]);
    const parameters = { weight: valuesOf(49 * 20 * 18, 1), bias: valuesOf(20 * 49, 2) };
    const parts = [packing.pack(parameters, [0, 2]), packing.pack(parameters, [2, 3])];
    expect(parts.flatMap((part) => [...part])).toEqual([...packing.pack(parameters, [0, 3])]);
  });
});
