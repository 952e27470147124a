import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convTranspose2dCases } from '../../../tests/support/cases/convTranspose2d.ts';
import { tensorOf, valuesOf } from '../../../tests/support/cases/operatorCase.ts';
import { conv2dArithmetic } from '../conv2d/arithmetic.ts';
import { createConv2d } from '../conv2d/index.ts';
import type { HostTensor, Shape } from '../operator.ts';
import type { ConvTranspose2d } from './attributes.ts';
import { convTranspose2d, createConvTranspose2d, overlaps } from './index.ts';

const plain = createConvTranspose2d({ inChannels: 16, outChannels: 33, kernelSize: [3, 3], stride: [2, 2] });
const sides = (crop: number) => ({ top: crop, bottom: crop, left: crop, right: crop });

function shapeOf(conv: ConvTranspose2d, input: Shape): Shape {
  const shape = convTranspose2d.outputShape(conv, [input]);
  if (!shape.ok) throw new Error(shape.error.message);
  return shape.value;
}

function refusal(change: Partial<ConvTranspose2d>, input: Shape = [20, 16, 50, 100]) {
  const shape = convTranspose2d.outputShape({ ...plain, ...change }, [input]);
  if (shape.ok) throw new Error(`it has the shape ${shape.value}`);
  return shape.error;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** 1 x 1 x 1 x n. */
const row = (...values: number[]): HostTensor => ({
  shape: [1, 1, 1, values.length],
  values: Float64Array.from(values),
});

describe('the output of a transposed convolution', () => {
  it('is (i - 1) s - p0 - p1 + d (k - 1) + output_padding + 1 along each axis', () => {
    expect(shapeOf(plain, [20, 16, 50, 100])).toEqual([20, 33, 101, 201]);
    const attributes = {
      kernelSize: [3, 5],
      stride: [2, 1],
      padding: { top: 4, bottom: 4, left: 2, right: 1 },
    } as const;
    expect(shapeOf({ ...plain, ...attributes, dilation: [3, 1] }, [1, 16, 50, 100])).toEqual([1, 33, 97, 101]);
    expect(shapeOf({ ...plain, outputPadding: [1, 0] }, [1, 16, 50, 100])).toEqual([1, 33, 102, 201]);
  });

  it('scatters the kernel, scaled by every input value, and adds where two meet', () => {
    const conv = createConvTranspose2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 3], stride: [1, 2] });
    const weights = { weight: Float32Array.of(1, 10, 100), bias: Float32Array.of(0.5) };
    expect([...convTranspose2d.reference(conv, [row(1, 2)], weights).output.values]).toEqual([
      1.5, 10.5, 102.5, 20.5, 200.5,
    ]);
    const cropped = { ...conv, padding: { ...sides(0), left: 1, right: 2 }, outputPadding: [0, 1] } as const;
    expect([...convTranspose2d.reference(cropped, [row(1, 2)], weights).output.values]).toEqual([10.5, 102.5, 20.5]);
  });

  it('is the bias alone where output_padding shows what no tap reaches', () => {
    const conv = createConvTranspose2d({
      inChannels: 1,
      outChannels: 1,
      kernelSize: [1, 1],
      stride: [1, 3],
      outputPadding: [0, 2],
    });
    const weights = { weight: Float32Array.of(2), bias: Float32Array.of(7) };
    expect([...convTranspose2d.reference(conv, [row(1, 2)], weights).output.values]).toEqual([9, 7, 7, 11, 7, 7]);
  });
});

describe("what cannot be convolved is refused in PyTorch's words", () => {
  it('channels', () => {
    expect(refusal({}, [20, 30, 50, 100])).toMatchObject({
      code: 'input-channels',
      message:
        'Given transposed=1, weight of size [16, 33, 3, 3], expected input[20, 30, 50, 100] to have 16 channels, but got 30 channels instead',
    });
    expect(refusal({ groups: 2 }).message).toBe('out_channels must be divisible by groups');
    expect(refusal({ groups: 3 }).message).toBe('in_channels must be divisible by groups');
  });

  it('output padding', () => {
    expect(refusal({ outputPadding: [2, 1], dilation: [1, 2] })).toMatchObject({
      code: 'output-padding-too-large',
      message:
        'output padding must be smaller than either stride or dilation, but got output_padding_height: 2 output_padding_width: 1 stride_height: 2 stride_width: 2 dilation_height: 1 dilation_width: 2',
    });
    expect(refusal({ outputPadding: [0, -1] }).message).toBe('negative output_padding is not supported');
  });

  it('strides, dilations and crops out of their range', () => {
    expect(refusal({ stride: [0, 1] }).message).toBe('non-positive stride is not supported');
    expect(refusal({ dilation: [0, 1] }).message).toBe('dilation should be greater than zero');
    expect(refusal({ padding: { ...sides(0), left: -1 } }).message).toBe('negative padding is not supported');
    expect(refusal({ kernelSize: [3, 0] }).code).toBe('kernel-not-positive');
    expect(refusal({ outputPadding: [0.5, 0] }).message).toBe('output_padding must be int, but got 0.5');
  });

  it('an output that the crop leaves nothing of', () => {
    expect(refusal({ padding: sides(2), stride: [1, 1] }, [1, 16, 2, 3])).toMatchObject({
      code: 'output-too-small',
      message:
        'Given input size per channel: (2 x 3). Calculated output size per channel: (0 x 1). Output size is too small',
    });
  });
});

describe('the price', () => {
  const macs = (conv: ConvTranspose2d, input: Shape) => convTranspose2d.cost(conv, [input]).macs;

  it('is counted by the input: every value meets every weight of its channel', () => {
    const padded = { stride: [2, 2], padding: sides(1) } as const;
    const layer = createConvTranspose2d;
    expect(macs(layer({ inChannels: 4, outChannels: 6, kernelSize: [4, 4], ...padded }), [2, 4, 8, 8])).toBe(49152);
    const depthwise = layer({
      inChannels: 4,
      outChannels: 4,
      kernelSize: [3, 3],
      ...padded,
      outputPadding: [1, 1],
      groups: 4,
    });
    expect(macs(depthwise, [2, 4, 8, 8])).toBe(4608);
    const grouped = layer({ inChannels: 6, outChannels: 6, kernelSize: [2, 2], stride: [2, 2], groups: 3 });
    expect(macs(grouped, [2, 6, 8, 8])).toBe(6144);
    expect(macs(layer({ inChannels: 3, outChannels: 1, kernelSize: [2, 2], stride: [2, 2] }), [1, 3, 2, 2])).toBe(48);
  });

  it('is useful where the crop keeps the product', () => {
    const conv = createConvTranspose2d({ inChannels: 2, outChannels: 5, kernelSize: [3, 3], padding: sides(1) });
    // Along each axis 5 x 3 products fall on 7 outputs, one each on the two that are cropped.
    expect(convTranspose2d.cost(conv, [[1, 2, 5, 5]])).toEqual({
      parameters: 2 * 5 * 9 + 5,
      macs: 2 * 5 * 225,
      usefulMacs: 2 * 5 * 169,
      activationBytes: 4 * 5 * 25,
    });
  });
});

describe('the overlaps', () => {
  const along = (kernel: number, stride: number, size: number) =>
    overlaps(
      createConvTranspose2d({ inChannels: 1, outChannels: 1, kernelSize: [1, kernel], stride: [1, stride] }),
      'w',
      size,
    );

  it('count the taps on each output', () => {
    expect(along(3, 2, 3)).toEqual([1, 1, 2, 1, 2, 1, 1]);
    expect(along(4, 2, 3)).toEqual([1, 1, 2, 2, 2, 2, 1, 1]);
    expect(along(1, 2, 2)).toEqual([1, 0, 1]);
  });

  it('are even in the interior exactly when the stride divides the kernel', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (kernel, stride) => {
        const size = kernel + 2;
        // No border is near: all the inputs that could reach these outputs exist.
        const interior = along(kernel, stride, size).slice(kernel - 1, (size - 1) * stride + 1);
        expect(interior.length).toBeGreaterThan(stride);
        expect(new Set(interior).size === 1).toBe(kernel % stride === 0);
      }),
    );
  });
});

describe('who reads whom', () => {
  it('is the same from both ends, and inside the interval', () => {
    fc.assert(
      fc.property(convTranspose2dCases.random, ({ operator, inputs }) => {
        const conv = operator as ConvTranspose2d;
        const size = inputs[0]!.shape[3];
        const outputs = overlaps(conv, 'w', size);
        for (let output = 0; output < outputs.length; output++) {
          const reads = convTranspose2d.reads(conv, 'w', size, output);
          const { lo, hi } = convTranspose2d.inputInterval(conv, 'w', { lo: output, hi: output }, size);
          expect(reads.every((at) => at >= lo && at <= hi)).toBe(true);
          for (let input = 0; input < size; input++) {
            expect(convTranspose2d.readers(conv, 'w', size, input).includes(output)).toBe(reads.includes(input));
          }
          expect(reads.filter((at) => at >= 0 && at < size)).toHaveLength(outputs[output]!);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the laws', () => {
  it('it is the adjoint of the convolution with the same weight: <conv(x), y> = <x, convT(y)>', () => {
    fc.assert(
      fc.property(convTranspose2dCases.random, ({ operator, inputs, parameters }) => {
        const { kind: _, outputPadding, ...shared } = operator as ConvTranspose2d;
        // The convolution's floor drops what output_padding adds, as long as that is less than its stride.
        const [oh, ow] = [0, 1].map((i) => Math.min(outputPadding[i]!, shared.stride[i]! - 1)) as [number, number];
        const transposed = createConvTranspose2d({ ...shared, outputPadding: [oh, ow], bias: false });
        if (!convTranspose2d.outputShape(transposed, [inputs[0]!.shape]).ok) return;
        const shape = shapeOf(transposed, inputs[0]!.shape);
        const conv = createConv2d({
          ...shared,
          inChannels: shared.outChannels,
          outChannels: shared.inChannels,
          bias: false,
        });
        const weights = { weight: parameters!.weight, bias: null };
        const x = tensorOf(shape, 5);
        const convolved = conv2dArithmetic.reference(conv, [x], weights).output;
        expect(convolved.shape).toEqual(inputs[0]!.shape);
        const scattered = convTranspose2d.reference(transposed, inputs, weights).output;
        const left = dot(convolved.values, inputs[0]!.values);
        expect(Math.abs(left - dot(x.values, scattered.values))).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(left)));
      }),
      { numRuns: 60 },
    );
  });

  it('it is a convolution of the stretched input with the kernel turned by 180 degrees', () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(pair, pair, pair, pair, ([kh, kw], stride, dilation, [height, width]) => {
        const transposed = createConvTranspose2d({
          inChannels: 1,
          outChannels: 1,
          kernelSize: [kh, kw],
          stride,
          dilation,
          bias: false,
        });
        const input = tensorOf([1, 1, height, width], kh + 7 * kw);
        const weight = valuesOf(kh * kw, 3);
        const stretched: Shape = [1, 1, (height - 1) * stride[0] + 1, (width - 1) * stride[1] + 1];
        const values = new Float32Array(stretched[2] * stretched[3]);
        input.values.forEach((value, i) => {
          values[Math.floor(i / width) * stride[0] * stretched[3] + (i % width) * stride[1]] = value;
        });
        const direct = createConv2d({
          inChannels: 1,
          outChannels: 1,
          kernelSize: [kh, kw],
          dilation,
          padding: 'full',
          bias: false,
        });
        const turned = { weight: weight.toReversed(), bias: null };
        const expected = conv2dArithmetic.reference(direct, [{ shape: stretched, values }], turned).output;
        const { output } = convTranspose2d.reference(transposed, [input], { weight, bias: null });
        expect(output.shape).toEqual(expected.shape);
        output.values.forEach((value, i) => {
          expect(value).toBeCloseTo(expected.values[i]!, 12);
        });
      }),
    );
  });
});
