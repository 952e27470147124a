import { describe, expect, it } from 'vitest';
import { createConv2d } from './index.ts';
import { resolvePadding, sourceIndex } from './padding.ts';

const layer = createConv2d({ inChannels: 1, outChannels: 1, kernelSize: [3, 4], dilation: [2, 1] });

describe('padding in numbers', () => {
  it("'valid' is none; 'full' is dilation x (kernel_size - 1)", () => {
    expect(resolvePadding({ ...layer, padding: 'valid' })).toEqual({ top: 0, bottom: 0, left: 0, right: 0 });
    expect(resolvePadding({ ...layer, padding: 'full' })).toEqual({ top: 4, bottom: 4, left: 3, right: 3 });
  });

  it("'same' puts the odd column to the right: a kernel of 4 gets 1 and 2", () => {
    expect(resolvePadding({ ...layer, padding: 'same' })).toEqual({ top: 2, bottom: 2, left: 1, right: 2 });
  });
});

describe('what padding copies around 4 pixels, from -4 to 7', () => {
  const around = (mode: Parameters<typeof sourceIndex>[2], from = -3, to = 6) =>
    Array.from({ length: to - from + 1 }, (_, i) => sourceIndex(from + i, 4, mode));

  it('zeros: nothing', () => {
    expect(around('zeros')).toEqual([null, null, null, 0, 1, 2, 3, null, null, null]);
  });
  it('reflect: the mirror, without the edge twice', () => {
    expect(around('reflect')).toEqual([3, 2, 1, 0, 1, 2, 3, 2, 1, 0]);
  });
  it('replicate: the edge', () => {
    expect(around('replicate')).toEqual([0, 0, 0, 0, 1, 2, 3, 3, 3, 3]);
  });
  it('circular: the other side', () => {
    expect(around('circular', -4, 7)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
  });
});
