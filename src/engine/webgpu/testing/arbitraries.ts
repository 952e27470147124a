/** Random convolutions with inputs on which they have an output, small enough for a software adapter. For tests. */
import fc from 'fast-check';
import { activationNames } from '../../../operators/activation/attributes.ts';
import { type Conv2d, paddingModes } from '../../../operators/conv2d/attributes.ts';
import { createConv2d, outputSizeOf } from './convolutions.ts';
import type { Case } from './exactness.ts';

const smallPair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

/** Kernels up to 15 are rare, so that most cases are quick; strides and dilations reach 8. */
const side = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: 6, max: 15 }) },
);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 2 }) },
  { weight: 1, arbitrary: fc.integer({ min: 3, max: 8 }) },
);

/** [groups, inputs per group, outputs per group]. */
const channels = fc.oneof(
  fc.tuple(fc.constant(1), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 })),
  fc.tuple(fc.constant(1), fc.integer({ min: 5, max: 13 }), fc.integer({ min: 1, max: 20 })),
  fc.tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })),
  fc.tuple(fc.integer({ min: 2, max: 3 }), fc.constantFrom(4, 8), fc.constantFrom(4, 8, 12)),
);

export const convolutionCase: fc.Arbitrary<Case> = fc
  .record({
    channels,
    kernelSize: fc.tuple(side, side),
    stride: fc.tuple(step, step),
    dilation: fc.tuple(step, step),
    size: smallPair(18),
    images: fc.constantFrom(1, 1, 1, 2),
    padding: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 15 }))),
    paddingMode: fc.constantFrom(...paddingModes),
    bias: fc.boolean(),
    activation: fc.constantFrom(...activationNames),
    isDual: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ channels: [groups, inPerGroup, outPerGroup], size, images, padding, ...rest }): Case => {
    const { activation, isDual, seed, ...attributes } = rest;
    // Mirrors and wraps have no more to show than the input; zeros beyond the kernel's reach are allowed and useless.
    const most = (length: number) =>
      rest.paddingMode === 'reflect' ? length - 1 : rest.paddingMode === 'circular' ? length : 15;
    const [top = 0, bottom = 0, left = 0, right = 0] = padding;
    const conv: Conv2d = createConv2d({
      ...attributes,
      groups,
      inChannels: groups * inPerGroup,
      outChannels: groups * outPerGroup,
      padding: {
        top: Math.min(top, most(size[0])),
        bottom: Math.min(bottom, most(size[0])),
        left: Math.min(left, most(size[1])),
        right: Math.min(right, most(size[1])),
      },
    });
    return { conv, shape: [images, conv.inChannels, ...size], activation, isDual, seed };
  })
  .filter(({ conv, shape }) => outputSizeOf(conv, shape) > 0);
