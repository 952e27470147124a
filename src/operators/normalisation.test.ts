/** Laws of the normalisations, of softmax and of what joins and reduces tensors. */
import { describe, expect, it } from 'vitest';
import { tensorOf } from '../../tests/support/cases/operatorCase.ts';
import { concat } from './concat/index.ts';
import { groupNorm } from './groupNorm/index.ts';
import { layerNorm2d } from './layerNorm2d/index.ts';
import { createLocalResponseNorm, localResponseNorm } from './localResponseNorm/index.ts';
import { reduce } from './reduce/index.ts';
import { softmax } from './softmax/index.ts';

const plain = (channels: number) => ({ weight: new Float32Array(channels).fill(1), bias: new Float32Array(channels) });

describe('group normalisation', () => {
  const input = tensorOf([2, 6, 5, 4], 3);

  it('gives every group mean 0 and variance 1', () => {
    const norm = { kind: 'group_norm', numGroups: 2, numChannels: 6, eps: 0 } as const;
    const { values } = groupNorm.reference(norm, [input], plain(6)).output;
    for (let group = 0; group < 4; group++) {
      const part = values.slice(group * 60, (group + 1) * 60);
      expect(part.reduce((a, b) => a + b, 0) / 60).toBeCloseTo(0, 12);
      expect(part.reduce((a, b) => a + b * b, 0) / 60).toBeCloseTo(1, 12);
    }
  });

  it('in one group over one pixel is layer normalisation over channels', () => {
    const pixel = tensorOf([1, 6, 1, 1], 7);
    const grouped = { kind: 'group_norm', numGroups: 1, numChannels: 6, eps: 1e-5 } as const;
    const layered = { kind: 'layer_norm2d', numChannels: 6, eps: 1e-5 } as const;
    expect(groupNorm.reference(grouped, [pixel], plain(6)).output).toEqual(
      layerNorm2d.reference(layered, [pixel], plain(6)).output,
    );
  });

  it('refuses groups that do not divide the channels', () => {
    const norm = { kind: 'group_norm', numGroups: 4, numChannels: 6, eps: 0 } as const;
    expect(groupNorm.outputShape(norm, [input.shape])).toMatchObject({ ok: false, error: { code: 'norm-groups' } });
  });
});

describe('softmax', () => {
  it.each([0, 1, 2, 3] as const)('sums to 1 along axis %d', (axis) => {
    const { output } = softmax.reference({ kind: 'softmax', axis }, [tensorOf([3, 4, 5, 2], 5)], null);
    const sum = reduce.reference({ kind: 'reduce', function: 'sum', axes: [axis] }, [output], null).output;
    for (const value of sum.values) expect(value).toBeCloseTo(1, 12);
  });

  it('gives 1 : 3 for logarithms of 1 and 3', () => {
    const input = { shape: [1, 2, 1, 1] as const, values: Float64Array.of(0, Math.log(3)) };
    const { values } = softmax.reference({ kind: 'softmax', axis: 1 }, [input], null).output;
    expect(values[0]).toBeCloseTo(0.25, 15);
  });
});

describe('local response normalisation', () => {
  const input = { shape: [1, 3, 1, 1] as const, values: Float64Array.of(1, 2, 3) };

  it('divides by k + alpha / size times the squares of the neighbours', () => {
    const norm = createLocalResponseNorm({ size: 3, alpha: 3, beta: 1 });
    const { values } = localResponseNorm.reference(norm, [input], null).output;
    expect([...values]).toEqual([1 / 6, 2 / 15, 3 / 14]);
  });

  it('of an even size looks back as PyTorch does, and forward as ONNX does', () => {
    const torch = createLocalResponseNorm({ size: 2, alpha: 2, beta: 1 });
    const onnx = { ...torch, channelsBefore: 0 };
    const valuesOf = (norm: typeof torch) => localResponseNorm.reference(norm, [input], null).output.values;
    [1 / 2, 2 / 6, 3 / 14].forEach((value, c) => {
      expect(valuesOf(torch)[c]).toBeCloseTo(value, 14);
    });
    [1 / 6, 2 / 14, 3 / 10].forEach((value, c) => {
      expect(valuesOf(onnx)[c]).toBeCloseTo(value, 14);
    });
  });
});

describe('concatenation', () => {
  it('along rows: an output row is read from the one input that holds it', () => {
    const around = {
      inputs: [
        [1, 1, 2, 3],
        [1, 1, 4, 3],
      ] as const,
      output: [1, 1, 6, 3] as const,
    };
    const operator = { kind: 'concat', axis: 2 } as const;
    expect(concat.reads(operator, 'h', 2, 3, 0, around)).toEqual([]);
    expect(concat.reads(operator, 'h', 4, 3, 1, around)).toEqual([1]);
    expect(concat.readers(operator, 'h', 4, 1, 1, around)).toEqual([3]);
  });

  it('refuses sizes that differ elsewhere, in PyTorch’s words', () => {
    const shape = concat.outputShape({ kind: 'concat', axis: 1 }, [
      [1, 2, 3, 3],
      [1, 2, 4, 3],
    ]);
    expect(!shape.ok && shape.error.message).toBe(
      'Sizes of tensors must match except in dimension 1. Expected size 3 but got size 4 for tensor number 1 in the list.',
    );
  });
});
