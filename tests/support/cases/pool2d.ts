import fc from 'fast-check';
import { createPool2d } from '../../../src/operators/pool2d/index.ts';
import { caseOf, isValid, type KindCases, pairUpTo, seed, shapeUpTo } from './operatorCase.ts';

const side = fc.nat(2);

export const pool2dCases: KindCases = {
  kind: 'pool2d',
  random: fc
    .record({
      function: fc.constantFrom('max' as const, 'average' as const),
      kernelSize: pairUpTo(5),
      stride: pairUpTo(4),
      dilation: pairUpTo(3),
      padding: fc.record({ top: side, bottom: side, left: side, right: side }),
      ceilMode: fc.boolean(),
      countIncludePad: fc.boolean(),
    })
    .chain((attributes) =>
      fc.tuple(shapeUpTo(9, 17), seed).map(([shape, by]) => {
        // PyTorch: padding at most half the kernel, so that every window touches the input.
        const [kh, kw] = attributes.kernelSize;
        const within = (value: number, kernel: number) => Math.min(value, Math.floor(kernel / 2));
        const { top, bottom, left, right } = attributes.padding;
        const padding = {
          top: within(top, kh),
          bottom: within(bottom, kh),
          left: within(left, kw),
          right: within(right, kw),
        };
        const dilation = attributes.function === 'max' ? attributes.dilation : ([1, 1] as const);
        return caseOf(createPool2d({ ...attributes, padding, dilation }), [shape], by);
      }),
    )
    .filter(isValid),
  edges: [
    caseOf(createPool2d({ function: 'max', kernelSize: [1, 1] }), [[1, 1, 1, 1]]),
    caseOf(createPool2d({ function: 'average', kernelSize: [7, 7] }), [[2, 5, 7, 7]]),
    caseOf(createPool2d({ function: 'max', kernelSize: [3, 3], stride: [2, 2], ceilMode: true }), [[1, 64, 14, 15]]),
  ],
};
