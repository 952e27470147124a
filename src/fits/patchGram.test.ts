import { describe, expect, it } from 'vitest';
import { createConv2d } from '../operators/conv2d/index.ts';
import { patchGram, tapsFor } from './index.ts';
import { complete } from './testing/layers.ts';

describe('the Gram matrix of patches', () => {
  it('of 1 2 3 under a kernel of two taps sums (1 2) and (2 3): 1 + 4, 2 + 6, 4 + 9', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2] });
    const input = { shape: [1, 1, 1, 3], values: Float32Array.of(1, 2, 3) } as const;
    const { values } = complete(patchGram(conv, tapsFor(conv, []), input));
    expect([...values.values]).toEqual([5, 8, 8, 13]);
  });

  it('counts padding as the layer does: zeros, and the edge again', () => {
    const padding = { top: 0, bottom: 0, left: 1, right: 0 };
    const input = { shape: [1, 1, 1, 2], values: Float32Array.of(2, 3) } as const;
    const gramWith = (paddingMode: 'zeros' | 'replicate') => {
      const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 2], padding, paddingMode });
      return [...complete(patchGram(conv, tapsFor(conv, []), input)).values.values];
    };
    // (0 2) and (2 3); (2 2) and (2 3).
    expect(gramWith('zeros')).toEqual([4, 6, 6, 13]);
    expect(gramWith('replicate')).toEqual([8, 10, 10, 13]);
  });

  it('of a batch is the sum over its images, in more positions than are gathered at once', () => {
    const conv = createConv2d({ inChannels: 2, outChannels: 1, kernelSize: [3, 3], stride: [1, 2] });
    const values = Float32Array.from({ length: 2 * 2 * 24 * 40 }, (_, i) => (i * 7) % 11);
    const gramAt = (images: number, from: number) =>
      complete(
        patchGram(conv, tapsFor(conv, []), {
          shape: [images, 2, 24, 40],
          values: values.subarray(from, from + images * 2 * 24 * 40),
        }),
      ).values.values;
    const [first, second, both] = [gramAt(1, 0), gramAt(1, 2 * 24 * 40), gramAt(2, 0)];
    expect(both).toEqual(first.map((value, i) => value + second[i]!));
  });

  it('tells how far it is, up to 1', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [1, 1] });
    const input = { shape: [1, 1, 16, 32], values: new Float32Array(512) } as const;
    expect([...patchGram(conv, tapsFor(conv, []), input)]).toEqual([0.5, 1]);
  });
});
