import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convShapes } from '../../../tests/support/convCases.ts';
import type { Shape } from '../operator.ts';
import type { Conv2d } from './attributes.ts';
import { conv2d, createConv2d, outputsReading, pixelsUnderTap, sourceIndex, tapsOf, textbookCost } from './index.ts';

const plain = createConv2d({ inChannels: 3, outChannels: 16, kernelSize: [3, 3] });

function shapeOf(conv: Conv2d, input: Shape): Shape {
  const shape = conv2d.outputShape(conv, [input]);
  if (!shape.ok) throw new Error(shape.error.message);
  return shape.value;
}

function refusal(change: Partial<Conv2d>, input: Shape = [1, 3, 8, 8]) {
  const shape = conv2d.outputShape({ ...plain, ...change }, [input]);
  if (shape.ok) throw new Error(`it has the shape ${shape.value}`);
  return shape.error;
}

describe('the output of a convolution', () => {
  it('of 3 x 3 over 7 x 7 is 5 x 5', () => {
    expect(shapeOf({ ...plain, outChannels: 128 }, [1, 3, 7, 7])).toEqual([1, 128, 5, 5]);
  });

  it('keeps the batch, and has one channel per filter', () => {
    const conv = createConv2d({ inChannels: 4, outChannels: 6, kernelSize: [1, 5], stride: [2, 1], groups: 2 });
    expect(shapeOf(conv, [2, 4, 9, 9])).toEqual([2, 6, 5, 5]);
  });

  it("keeps its size under 'same', also with an even kernel and dilation", () => {
    expect(shapeOf({ ...plain, kernelSize: [4, 2], dilation: [3, 1], padding: 'same' }, [1, 3, 10, 11])).toEqual([
      1, 16, 10, 11,
    ]);
  });

  it("grows by kernel_size - 1 under 'full'", () => {
    expect(shapeOf({ ...plain, padding: 'full' }, [1, 3, 5, 1])).toEqual([1, 16, 7, 3]);
  });
});

describe("what cannot be convolved is refused in PyTorch's words", () => {
  it('channels', () => {
    expect(refusal({}, [1, 4, 8, 8])).toMatchObject({
      code: 'input-channels',
      message:
        'Given groups=1, weight of size [16, 3, 3, 3], expected input[1, 4, 8, 8] to have 3 channels, but got 4 channels instead',
    });
    expect(refusal({ groups: 2 }).message).toBe('in_channels must be divisible by groups');
    expect(refusal({ groups: 3 }).message).toBe('out_channels must be divisible by groups');
    expect(refusal({ groups: 0 }).message).toBe('groups must be a positive integer');
  });

  it('a kernel that is larger than the padded input', () => {
    expect(refusal({ kernelSize: [3, 5], dilation: [1, 2] }, [1, 3, 8, 8])).toMatchObject({
      code: 'kernel-too-large',
      message:
        "Calculated padded input size per channel: (8 x 8). Kernel size: (3 x 9). Kernel size can't be greater than actual input size",
    });
  });

  it("'same' with a stride", () => {
    expect(refusal({ padding: 'same', stride: [2, 1] }).message).toBe(
      "padding='same' is not supported for strided convolutions",
    );
  });

  it('numbers that are not positive, or not whole', () => {
    expect(refusal({ stride: [0, 1] }).message).toBe('non-positive stride is not supported');
    expect(refusal({ dilation: [1, 0] }).message).toBe('dilation should be greater than zero');
    expect(refusal({ kernelSize: [0, 3] }).code).toBe('kernel-not-positive');
    expect(refusal({ padding: { top: -1, bottom: 0, left: 0, right: 0 } }).message).toBe(
      'negative padding is not supported',
    );
    expect(refusal({ stride: [1.5, 1] }).code).toBe('not-an-integer');
    expect(refusal({ outChannels: 0 }).code).toBe('out-channels-not-positive');
  });

  it('a mirror of more than size - 1 pixels, and a wrap of more than once round', () => {
    const padding = { top: 0, bottom: 0, left: 8, right: 0 };
    expect(refusal({ padding, paddingMode: 'reflect' })).toMatchObject({
      code: 'reflect-too-large',
      message:
        'Padding size should be less than the corresponding input dimension, but got: padding (8, 0) at dimension 3 of input [1, 3, 8, 8]',
    });
    expect(shapeOf({ ...plain, padding, paddingMode: 'circular' }, [1, 3, 8, 8])).toEqual([1, 16, 6, 14]);
    expect(refusal({ padding: { ...padding, left: 9 }, paddingMode: 'circular' }).message).toBe(
      'Padding value causes wrapping around more than once.',
    );
  });
});

describe('the price of a convolution', () => {
  it('7 x 7 x 3 → 5 x 5 x 128 with 3 x 3: 86,400 operations; depthwise 675 and pointwise 9,600', () => {
    const full = createConv2d({ inChannels: 3, outChannels: 128, kernelSize: [3, 3] });
    const depthwise = createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [3, 3], groups: 3 });
    const pointwise = createConv2d({ inChannels: 3, outChannels: 128, kernelSize: [1, 1] });
    expect(conv2d.cost(full, [[1, 3, 7, 7]])).toEqual({
      parameters: 128 * (3 * 9 + 1),
      macs: 86_400,
      usefulMacs: 86_400,
      activationBytes: 4 * 128 * 25,
    });
    expect(conv2d.cost(depthwise, [[1, 3, 7, 7]]).macs).toBe(675);
    expect(conv2d.cost(pointwise, [[1, 3, 5, 5]]).macs).toBe(9600);
  });

  it('5 x 5 with 3 x 3 and padding 1: 169 of 225 taps are useful; all 225 where padding is not zeros', () => {
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 3], padding });
    expect(conv2d.cost(conv, [[1, 1, 5, 5]])).toMatchObject({ macs: 225, usefulMacs: 169 });
    expect(conv2d.cost({ ...conv, paddingMode: 'reflect' }, [[1, 1, 5, 5]]).usefulMacs).toBe(225);
  });

  it('without a bias has N parameters less, and dilation costs nothing', () => {
    expect(conv2d.cost({ ...plain, bias: false }, [[1, 3, 9, 9]]).parameters).toBe(432);
    expect(conv2d.cost({ ...plain, dilation: [2, 2] }, [[1, 3, 9, 9]]).parameters).toBe(448);
  });

  it("as textbooks write it: N(CK² + 1) and C·H·W·K²·N, exact for 'same' with stride 1", () => {
    const conv = { ...plain, outChannels: 9, padding: 'same' } as const;
    const textbook = textbookCost(conv, [1, 3, 300, 451]);
    expect(textbook).toEqual({ parameters: 252, operations: 32_877_900 });
    expect(conv2d.cost(conv, [[1, 3, 300, 451]])).toMatchObject({ parameters: 252, macs: 32_877_900 });
  });
});

describe('who reads whom', () => {
  it('output 0 of a kernel of 3 with dilation 2 and padding 2 reads columns -2, 0 and 2', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 3], dilation: [1, 2], padding: 'same' });
    expect(tapsOf(conv, 'w', 0)).toEqual([-2, 0, 2]);
    expect(conv2d.inputInterval(conv, 'w', { lo: 0, hi: 1 }, 6)).toEqual({ lo: -2, hi: 3 });
    expect(outputsReading(conv, 'w', 6, 0)).toEqual([0, 2]);
    expect(pixelsUnderTap(conv, 'w', 6, 0)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  it('a mirrored border makes more outputs read a pixel: column 1 of 4 is read as column -1 too', () => {
    const padding = { top: 0, bottom: 0, left: 1, right: 0 };
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1], padding, paddingMode: 'reflect' });
    expect(outputsReading(conv, 'w', 4, 1)).toEqual([0, 2]);
  });

  it('is the same from both ends: an output lies among the readers of each pixel that its taps read', () => {
    fc.assert(
      fc.property(convShapes, ({ conv, shape }) => {
        const output = shapeOf(conv, shape);
        for (const axis of ['h', 'w'] as const) {
          const i = axis === 'h' ? 2 : 3;
          for (let pixel = 0; pixel < shape[i]; pixel++) {
            const expected = Array.from({ length: output[i] }, (_, u) => u).filter((u) =>
              tapsOf(conv, axis, u).some((at) => sourceIndex(at, shape[i], conv.paddingMode) === pixel),
            );
            expect(outputsReading(conv, axis, shape[i], pixel)).toEqual(expected);
          }
          for (let u = 0; u < output[i]; u++) {
            const taps = tapsOf(conv, axis, u);
            expect(conv2d.inputInterval(conv, axis, { lo: u, hi: u }, shape[i])).toEqual({
              lo: taps[0],
              hi: taps.at(-1),
            });
            taps.forEach((at, tap) => {
              expect(pixelsUnderTap(conv, axis, shape[i], tap)[u]).toBe(at);
            });
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('counts useful operations as walking over every tap does', () => {
    fc.assert(
      fc.property(convShapes, ({ conv, shape }) => {
        const [n, , rows, columns] = shapeOf(conv, shape);
        let useful = 0;
        for (let u = 0; u < rows; u++) {
          for (let v = 0; v < columns; v++) {
            for (const y of tapsOf(conv, 'h', u)) {
              for (const x of tapsOf(conv, 'w', v)) {
                const isThere =
                  sourceIndex(y, shape[2], conv.paddingMode) !== null &&
                  sourceIndex(x, shape[3], conv.paddingMode) !== null;
                if (isThere) useful += n * conv.outChannels * (conv.inChannels / conv.groups);
              }
            }
          }
        }
        expect(conv2d.cost(conv, [shape]).usefulMacs).toBe(useful);
      }),
      { numRuns: 200 },
    );
  });
});
