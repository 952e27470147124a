import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deformConv2dCases } from '../../../tests/support/cases/deformConv2d.ts';
import { tensorOf } from '../../../tests/support/cases/operatorCase.ts';
import { conv2dArithmetic } from '../conv2d/arithmetic.ts';
import { createConv2d } from '../conv2d/index.ts';
import type { HostTensor, ParameterValues, Shape } from '../operator.ts';
import type { DeformConv2d } from './attributes.ts';
import { createDeformConv2d, deformConv2d } from './index.ts';
import { cornersOf } from './samples.ts';

/** One channel through a 1 x 1 kernel of weight 1: the output is the samples themselves. */
const single = createDeformConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1], bias: false });
const one: ParameterValues = { weight: Float32Array.of(1), bias: null };

function map(shape: Shape, ...values: number[]): HostTensor {
  return { shape, values: Float64Array.from(values) };
}

/** The sample of a 2 x 2 map [[1, 2], [4, 8]] whose first output is moved by (dy, dx). */
function sampled(dy: number, dx: number): number {
  const x = map([1, 1, 2, 2], 1, 2, 4, 8);
  const offset = map([1, 2, 2, 2], dy, 0, 0, 0, dx, 0, 0, 0);
  return deformConv2d.reference(single, [x, offset], one).output.values[0]!;
}

const layer = createDeformConv2d({ inChannels: 4, outChannels: 6, kernelSize: [3, 3], offsetGroups: 2, hasMask: true });
const shapes: readonly Shape[] = [
  [2, 4, 8, 9],
  [2, 36, 6, 7],
  [2, 18, 6, 7],
];

function refusal(change: Partial<DeformConv2d>, change1: Readonly<Record<number, Shape>> = {}) {
  const shape = deformConv2d.outputShape(
    { ...layer, ...change },
    shapes.map((given, i) => change1[i] ?? given),
  );
  if (shape.ok) throw new Error(`it has the shape ${shape.value}`);
  return shape.error;
}

describe('a sample', () => {
  it('is a pixel at whole places, and between pixels their bilinear mixture', () => {
    expect(sampled(0, 0)).toBe(1);
    expect(sampled(1, 1)).toBe(8);
    expect(sampled(0.5, 0)).toBe(2.5);
    expect(sampled(0.25, 0.5)).toBe(0.75 * 1.5 + 0.25 * 6);
  });

  it('keeps its corners inside the map within one pixel of the border, and is 0 beyond', () => {
    expect(sampled(-0.25, 0)).toBe(0.75);
    expect(sampled(-0.5, -0.5)).toBe(0.25);
    expect(sampled(1.75, 1)).toBe(2);
    expect(sampled(-1, 0)).toBe(0);
    expect(sampled(2, 0)).toBe(0);
    expect(sampled(0, -7.5)).toBe(0);
  });

  it('has up to four corners whose weights are 1 together', () => {
    expect(cornersOf(1.25, 0.5, 4, 4)).toEqual([
      { y: 1, x: 0, weight: 0.375 },
      { y: 1, x: 1, weight: 0.375 },
      { y: 2, x: 0, weight: 0.125 },
      { y: 2, x: 1, weight: 0.125 },
    ]);
    expect(cornersOf(3.25, -0.5, 4, 4)).toEqual([{ y: 3, x: 0, weight: 0.375 }]);
  });
});

describe('the layer', () => {
  it('reads y before x, tap by tap, and weighs each sample by its mask', () => {
    const conv = createDeformConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2], hasMask: true });
    const x = map([1, 1, 2, 2], 1, 2, 4, 8);
    // One output column per row: tap 0 stays, tap 1 moves one row up.
    const offset = map([1, 4, 2, 1], 0, 0, 0, 0, -1, -1, 0, 0);
    const mask = map([1, 2, 2, 1], 1, 1, 10, 10);
    const weights = { weight: Float32Array.of(1, 100), bias: Float32Array.of(0.5) };
    const { values } = deformConv2d.reference(conv, [x, offset, mask], weights).output;
    expect([...values]).toEqual([1.5, 4 + 100 * 10 * 2 + 0.5]);
  });

  it('has 4 multiply-adds more per sample of every channel than its convolution', () => {
    const conv = createDeformConv2d({ inChannels: 16, outChannels: 8, kernelSize: [3, 3] });
    const given: readonly Shape[] = [
      [1, 16, 10, 10],
      [1, 18, 8, 8],
    ];
    expect(deformConv2d.cost(conv, given)).toMatchObject({
      parameters: 8 * 16 * 9 + 8,
      macs: 8 * 16 * 9 * 64 + 4 * 16 * 9 * 64,
      activationBytes: 4 * 8 * 64,
    });
  });

  it('may read its input anywhere, its offsets and mask where its output stands', () => {
    expect(deformConv2d.inputInterval(layer, 'h', { lo: 1, hi: 2 }, 8, 0)).toEqual({ lo: 0, hi: 7 });
    expect(deformConv2d.inputInterval(layer, 'h', { lo: 1, hi: 2 }, 6, 1)).toEqual({ lo: 1, hi: 2 });
    expect(deformConv2d.readers(layer, 'h', 8, 3, 0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(deformConv2d.readers(layer, 'h', 6, 3, 2)).toEqual([3]);
  });
});

describe("what cannot be convolved is refused in torchvision's words", () => {
  it('offsets and masks of another shape', () => {
    expect(deformConv2d.outputShape(layer, shapes)).toEqual({ ok: true, value: [2, 6, 6, 7] });
    expect(refusal({}, { 1: [2, 18, 6, 7] }).message).toBe('offset.shape[1] is not valid: got: 18 expected: 36');
    expect(refusal({}, { 2: [2, 9, 6, 7] }).message).toBe('mask.shape[1] is not valid: got: 9 expected: 18');
    expect(refusal({}, { 1: [1, 36, 6, 7] }).message).toBe('invalid batch size of offset');
    expect(refusal({}, { 2: [2, 18, 8, 9] }).message).toBe('mask output dims: (8, 9) - computed output dims: (6, 7)');
  });

  it('attributes out of range', () => {
    expect(refusal({ stride: [0, 1] }).message).toBe('stride_h: 0 stride_w: 1');
    expect(refusal({ dilation: [1, -1] }).message).toBe('dilation_h: 1 dilation_w: -1');
    expect(refusal({ padding: { top: 1, bottom: 1, left: -2, right: -2 } }).message).toBe('pad_h: 1 pad_w: -2');
    expect(refusal({ groups: 4 }).message).toBe('out_channels must be divisible by groups');
    expect(refusal({ offsetGroups: 3 }).code).toBe('offset-groups-not-divisible');
    expect(refusal({ dilation: [4, 1] }).message).toBe('Calculated output size too small - out_h: 0 out_w: 7');
  });
});

describe('the laws', () => {
  it('with zero offsets and a mask of ones it is the convolution', () => {
    fc.assert(
      fc.property(deformConv2dCases.random, ({ operator, inputs, parameters }) => {
        const { offsetGroups: _, hasMask: __, kind: ___, ...shared } = operator as DeformConv2d;
        const neutral = inputs.map((tensor, i) =>
          i === 0 ? tensor : { shape: tensor.shape, values: tensor.values.map(() => i - 1) },
        );
        const { output } = deformConv2d.reference(operator as DeformConv2d, neutral, parameters);
        const expected = conv2dArithmetic.reference(createConv2d(shared), [inputs[0]!], parameters).output;
        expect(output.shape).toEqual(expected.shape);
        output.values.forEach((value, i) => {
          expect(value).toBeCloseTo(expected.values[i]!, 12);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('errors of its inputs stay within the scale that it gives', () => {
    const relative = 1e-4;
    fc.assert(
      fc.property(deformConv2dCases.random, ({ operator, inputs, parameters }) => {
        const conv = operator as DeformConv2d;
        const exact = inputs.map(({ shape, values }) => ({ shape, values: Float64Array.from(values) }));
        const scales = exact.map(({ shape, values }) => ({ shape, values: values.map((v) => 1 + Math.abs(v)) }));
        const wrong = exact.map(({ shape, values }, i) => {
          const noise = tensorOf(shape, 77 + i).values;
          return { shape, values: values.map((v, at) => v + relative * noise[at]! * scales[i]!.values[at]!) };
        });
        const { output, magnitude } = deformConv2d.reference(conv, exact, parameters);
        const scale = deformConv2d.scaleFrom(conv, { inputs: exact, scales, own: magnitude }, parameters);
        const off = deformConv2d.reference(conv, wrong, parameters).output.values;
        off.forEach((value, i) => {
          expect(Math.abs(value - output.values[i]!)).toBeLessThanOrEqual(1.01 * relative * scale[i]! + 1e-12);
        });
      }),
      { numRuns: 40 },
    );
  });
});
