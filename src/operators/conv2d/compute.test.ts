import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConvCase, convCases } from '../../../tests/support/convCases.ts';
import { conv2dArithmetic } from './arithmetic.ts';
import type { PaddingMode } from './attributes.ts';
import { computeConv2d, computeRows } from './compute.ts';
import { createConv2d, resolvePadding } from './index.ts';
import { referenceConv2d, referenceRows } from './reference.ts';

/** A second, independent definition: the whole padded picture is built first, then read. */
function byPaddedPicture({ conv, input, parameters }: ConvCase): number[] {
  const [n, channels, height, width] = input.shape;
  const { top, bottom, left, right } = resolvePadding(conv);
  const copies: Record<PaddingMode, (at: number, size: number) => number> = {
    zeros: (at, size) => (at < 0 || at >= size ? -1 : at),
    replicate: (at, size) => Math.min(Math.max(at, 0), size - 1),
    circular: (at, size) => (at + size) % size,
    reflect: (at, size) => (at < 0 ? -at : at >= size ? 2 * (size - 1) - at : at),
  };
  const copy = copies[conv.paddingMode];
  const pixel = (image: number, c: number, y: number, x: number) => {
    const [row, column] = [copy(y - top, height), copy(x - left, width)];
    return row < 0 || column < 0 ? 0 : input.values[((image * channels + c) * height + row) * width + column]!;
  };
  const [kh, kw] = conv.kernelSize;
  const slices = channels / conv.groups;
  const sums: number[] = [];
  for (let image = 0; image < n; image++) {
    for (let o = 0; o < conv.outChannels; o++) {
      const first = Math.floor((o * conv.groups) / conv.outChannels) * slices;
      for (let y = 0; y + conv.dilation[0] * (kh - 1) < height + top + bottom; y += conv.stride[0]) {
        for (let x = 0; x + conv.dilation[1] * (kw - 1) < width + left + right; x += conv.stride[1]) {
          let sum = parameters.bias?.[o] ?? 0;
          for (let tap = 0; tap < slices * kh * kw; tap++) {
            const [c, a, b] = [Math.floor(tap / (kh * kw)), Math.floor(tap / kw) % kh, tap % kw];
            const value = pixel(image, first + c, y + a * conv.dilation[0], x + b * conv.dilation[1]);
            sum += parameters.weight[o * slices * kh * kw + tap]! * value;
          }
          sums.push(sum);
        }
      }
    }
  }
  return sums;
}

const counting = { shape: [1, 1, 3, 3] as const, values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) };

describe('convolution by hand', () => {
  it('is a cross-correlation: the kernel is not turned', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [2, 2] });
    const parameters = { weight: Float32Array.of(1, 10, 100, 1000), bias: Float32Array.of(0.5) };
    const { output, magnitude } = referenceConv2d(conv, [counting], parameters);
    expect(output).toEqual({ shape: [1, 1, 2, 2], values: Float64Array.of(5421.5, 6532.5, 8754.5, 9865.5) });
    expect(magnitude).toEqual(output.values);
    expect([...conv2dArithmetic.compute(conv, [counting], parameters).values]).toEqual([
      5421.5, 6532.5, 8754.5, 9865.5,
    ]);
  });

  it('sums the sizes of its terms: 1 - 2 has the magnitude 3', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2], bias: false });
    const { output, magnitude } = referenceConv2d(conv, [counting], { weight: Float32Array.of(1, -1), bias: null });
    expect(output.values[0]).toBe(-1);
    expect(magnitude[0]).toBe(3);
  });

  it.each([
    ['zeros', [0, 0, 1, 2, 3, 0]],
    ['reflect', [3, 2, 1, 2, 3, 2]],
    ['replicate', [1, 1, 1, 2, 3, 3]],
    ['circular', [2, 3, 1, 2, 3, 1]],
  ] as const)('pads 1 2 3 by 2 in front and 1 behind with %s: %j', (paddingMode, expected) => {
    const padding = { top: 0, bottom: 0, left: 2, right: 1 };
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1], padding, paddingMode, bias: false });
    const row = { shape: [1, 1, 1, 3] as const, values: Float32Array.of(1, 2, 3) };
    expect([...computeConv2d(conv, [row], { weight: Float32Array.of(1), bias: null }).values]).toEqual(expected);
  });
});

describe('convolution over all attributes', () => {
  it('in float64 agrees with reading a padded picture', () => {
    fc.assert(
      fc.property(convCases, (each) => {
        const { output, magnitude } = referenceConv2d(each.conv, [each.input], each.parameters);
        const expected = byPaddedPicture(each);
        expect(output.values.length).toBe(expected.length);
        expected.forEach((value, i) => {
          expect(Math.abs(output.values[i]! - value)).toBeLessThanOrEqual(1e-12 * (1 + magnitude[i]!));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('in float32 is the float64 answer rounded once', () => {
    fc.assert(
      fc.property(convCases, ({ conv, input, parameters }) => {
        const { output, magnitude } = referenceConv2d(conv, [input], parameters);
        const computed = computeConv2d(conv, [input], parameters);
        expect(computed.shape).toEqual(output.shape);
        computed.values.forEach((value, i) => {
          expect(Math.abs(value - output.values[i]!)).toBeLessThanOrEqual(2 ** -24 * (magnitude[i]! + 1e-30));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('computes any slab of channels and rows as a part of the whole', () => {
    const share = fc.double({ min: 0, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(convCases, share, share, ({ conv, input, parameters }, from, height) => {
        const whole = computeConv2d(conv, [input], parameters);
        const [n, channels, rows, columns] = whole.shape;
        const channel = Math.floor(from * channels);
        const row = Math.floor(height * rows);
        const slab = { image: n - 1, channel, channels: channels - channel, row, rows: rows - row };
        const values = new Float32Array(slab.channels * slab.rows * columns);
        computeRows(conv, input, parameters, slab, { values, offset: 0, channelStride: slab.rows * columns });
        const reference = referenceRows(conv, input, parameters, slab);
        expect(reference.values.length).toBe(values.length);
        values.forEach((value, i) => {
          const c = channel + Math.floor(i / (slab.rows * columns));
          const at = (((n - 1) * channels + c) * rows + row) * columns + (i % (slab.rows * columns));
          expect(value).toBe(whole.values[at]);
          expect(Math.fround(reference.values[i]!)).toBeCloseTo(value, 4);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('cuts a picture into strips without a seam: 3 x 300 x 400 under 7 x 7', () => {
    const conv = createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [7, 7], padding: 'same' });
    const values = Float32Array.from({ length: 3 * 300 * 400 }, (_, i) => Math.sin(i * 0.37));
    const weight = Float32Array.from({ length: 3 * 3 * 49 }, (_, i) => Math.cos(i * 1.7));
    const input = { shape: [1, 3, 300, 400] as const, values };
    const parameters = { weight, bias: Float32Array.of(1, 2, 3) };
    const { output, magnitude } = referenceConv2d(conv, [input], parameters);
    const computed = computeConv2d(conv, [input], parameters).values;
    const worst = computed.reduce((most, value, i) => {
      return Math.max(most, Math.abs(value - output.values[i]!) / (1 + magnitude[i]!));
    }, 0);
    expect(worst).toBeLessThan(1e-7);
  });
});
