import '../../operators/late.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { hasEvenOverlap } from '../../operators/convTranspose2d/overlapMap.ts';
import type { Pair } from '../../operators/operator.ts';
import { evenOverlap } from './evenOverlap.ts';

const sides = (crop: number) => ({ top: crop, bottom: crop, left: crop, right: crop });
const plain = {
  kernelSize: [3, 3] as Pair,
  stride: [2, 2] as Pair,
  dilation: [1, 1] as Pair,
  padding: sides(1),
  outputPadding: [1, 1] as Pair,
};

it('3 x 3 with stride 2, padding 1 and output_padding 1 becomes 4 x 4 without output_padding: the same size', () => {
  expect(evenOverlap(plain, 15)).toEqual({
    kernelSize: [4, 4],
    dilation: [1, 1],
    padding: sides(1),
    outputPadding: [0, 0],
  });
});

it('5 x 5 with stride 4 becomes 8 x 8; one row more is cropped on both sides and one stays', () => {
  const changed = evenOverlap({ ...plain, kernelSize: [5, 5], stride: [4, 4], outputPadding: [0, 0] }, 15);
  expect(changed).toMatchObject({ kernelSize: [8, 8], padding: sides(2) });
});

it('where the next multiple is too long it is the one before: 14 with stride 4 becomes 12', () => {
  expect(evenOverlap({ ...plain, kernelSize: [14, 14], stride: [4, 4] }, 15).kernelSize).toEqual([12, 12]);
});

it('is even, whatever the layer was', () => {
  const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
  const any = fc.record({
    kernelSize: pair(1, 15),
    stride: pair(1, 4),
    dilation: pair(1, 8),
    outputPadding: pair(0, 3),
  });
  fc.assert(
    fc.property(any, (attributes) => {
      const changed = evenOverlap({ ...plain, ...attributes }, 15);
      const conv = createConvTranspose2d({ inChannels: 1, outChannels: 1, ...attributes, ...changed });
      expect(hasEvenOverlap(conv)).toBe(true);
    }),
  );
});
