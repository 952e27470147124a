import fc from 'fast-check';
import { createConvTranspose2d } from '../../../src/operators/convTranspose2d/index.ts';
import type { Shape } from '../../../src/operators/operator.ts';
import { caseOf, isValid, type KindCases, pairUpTo, seed, shapeUpTo } from './operatorCase.ts';

const crop = fc.nat(2);
const upTo = (max: number) => fc.integer({ min: 1, max });

const edge = (attributes: Parameters<typeof createConvTranspose2d>[0], height: number, width: number, images = 1) => {
  const shape: Shape = [images, attributes.inChannels, height, width];
  return caseOf(createConvTranspose2d(attributes), [shape]);
};

export const convTranspose2dCases: KindCases = {
  kind: 'conv_transpose2d',
  random: fc
    .record({
      kernelSize: pairUpTo(5),
      stride: pairUpTo(4),
      dilation: pairUpTo(4),
      outputPadding: fc.tuple(fc.nat(2), fc.nat(2)),
      padding: fc.record({ top: crop, bottom: crop, left: crop, right: crop }),
      bias: fc.boolean(),
      groups: fc.constantFrom(1, 1, 2, 3),
      slices: upTo(9),
      filters: upTo(9),
      isDepthwise: fc.constantFrom(false, false, true),
      shape: shapeUpTo(1, 9),
      seed,
    })
    .map(({ slices, filters, isDepthwise, shape, seed, ...attributes }) => {
      const groups = isDepthwise ? slices : attributes.groups;
      const inChannels = isDepthwise ? slices : groups * slices;
      const outChannels = isDepthwise ? slices : groups * filters;
      const input: Shape = [shape[0], inChannels, shape[2], shape[3]];
      return caseOf(createConvTranspose2d({ ...attributes, groups, inChannels, outChannels }), [input], seed);
    })
    .filter(isValid),
  edges: [
    // The three layers of DeepSpeed's test of transposed MACs, and one that scatters single pixels.
    edge({ inChannels: 4, outChannels: 6, kernelSize: [4, 4], stride: [2, 2], padding: sides(1) }, 8, 8, 2),
    edge({ inChannels: 4, outChannels: 4, kernelSize: [3, 3], stride: [2, 2], padding: sides(1), groups: 4 }, 8, 8),
    edge({ inChannels: 6, outChannels: 6, kernelSize: [2, 2], stride: [2, 2], groups: 3 }, 8, 8),
    edge({ inChannels: 1, outChannels: 1, kernelSize: [1, 1] }, 1, 1),
    // Phases that no tap reaches: the kernel is smaller than the stride, and both strides and dilations are even.
    edge({ inChannels: 8, outChannels: 20, kernelSize: [1, 2], stride: [3, 5], outputPadding: [2, 4] }, 4, 3),
    edge({ inChannels: 16, outChannels: 16, kernelSize: [3, 3], stride: [4, 2], dilation: [2, 6], groups: 4 }, 5, 6),
    // Fewer outputs than phases.
    edge({ inChannels: 5, outChannels: 5, kernelSize: [3, 3], stride: [7, 7], groups: 5 }, 1, 1),
    edge({ inChannels: 40, outChannels: 20, kernelSize: [4, 4], stride: [2, 2], padding: sides(1) }, 24, 24),
    // A kernel too tall for a window of rows.
    edge({ inChannels: 3, outChannels: 3, kernelSize: [61, 1], groups: 3 }, 2, 3),
    edge({ inChannels: 2, outChannels: 8, kernelSize: [9, 9], stride: [3, 2], padding: sides(4), bias: false }, 11, 13),
  ],
};

function sides(crop: number) {
  return { top: crop, bottom: crop, left: crop, right: crop };
}
