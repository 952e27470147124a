import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../../../operators/conv2d/index.ts';
import { dilatedStack, hybridDilations } from './stack.ts';

const conv = (dilation: number) =>
  createConv2d({
    inChannels: 4,
    outChannels: 8,
    kernelSize: [3, 3],
    dilation: [dilation, dilation],
    padding: { top: dilation, bottom: dilation, left: dilation, right: dilation },
  });

describe('a stack of dilated layers', () => {
  it('of one layer has its taps around the unit', () => {
    const { gridding, corner, weights, denseWeights } = dilatedStack(conv(2), [], { y: 10, x: 20 });
    expect(corner).toEqual([8, 18]);
    expect([gridding.h.field, gridding.read]).toEqual([5, 9]);
    // 8·4·9 against 8·4·25
    expect([weights, denseWeights]).toEqual([288, 800]);
  });

  it('of equal dilations never reads what lies between: 2, 2, 2 reads 49 of 169', () => {
    const { gridding, warning, corner } = dilatedStack(conv(2), [2, 2], { y: 10, x: 20 });
    expect([gridding.read, gridding.box]).toEqual([49, 169]);
    expect(warning).toEqual({ kind: 'common-factor', factor: 2 });
    expect(corner).toEqual([4, 14]);
  });

  it('of 1, 2, 5 (and 9) reads every pixel', () => {
    for (const layers of [2, 3, 4]) {
      const [first, ...above] = hybridDilations(layers, [3, 3]);
      const { gridding, warning, hdc } = dilatedStack(conv(first!), above, { y: 0, x: 0 });
      expect(warning).toBeNull();
      expect(gridding.read).toBe(gridding.box);
      expect(hdc?.isKept).toBe(true);
    }
    expect(hybridDilations(4, [3, 3])).toEqual([1, 2, 5, 9]);
  });

  it('has smaller dilations where the kernel has two taps along an axis: 5 would leave gaps', () => {
    expect(hybridDilations(4, [2, 2])).toEqual([1, 2, 4, 8]);
    expect(hybridDilations(3, [3, 2])).toEqual([1, 2, 4]);
    expect(hybridDilations(3, [7, 7])).toEqual([1, 2, 5]);
  });
});
