/** Cases of resizing. */
import fc from 'fast-check';
import { coordinateModes, nearestModes } from '../../../src/operators/resize/attributes.ts';
import { createResize } from '../../../src/operators/resize/index.ts';
import { caseOf, isValid, type KindCases, pairUpTo, seed, shapeUpTo } from './operatorCase.ts';

const factor = fc.constantFrom(0.3, 0.5, 0.6, 1, 1.5, 2, 3.7);

export const resizeCases: KindCases = {
  kind: 'resize',
  random: fc
    .tuple(
      fc.record({
        mode: fc.constantFrom('nearest' as const, 'linear' as const, 'cubic' as const),
        coordinateTransformationMode: fc.constantFrom(...coordinateModes),
        nearestMode: fc.constantFrom(...nearestModes),
        cubicCoeffA: fc.constantFrom(-0.75, -0.5),
        excludeOutside: fc.boolean(),
      }),
      fc.oneof(
        pairUpTo(20).map((size) => ({ size })),
        fc.tuple(factor, factor).map((scaleFactor) => ({ scaleFactor })),
      ),
      shapeUpTo(9, 9),
      seed,
    )
    .map(([attributes, target, of, by]) => caseOf(createResize({ ...attributes, ...target }), [of], by))
    .filter(isValid),
  edges: [
    caseOf(createResize({ mode: 'linear', scaleFactor: [2, 2] }), [[1, 64, 7, 5]]),
    caseOf(createResize({ size: [1, 1], coordinateTransformationMode: 'align_corners' }), [[2, 3, 4, 5]]),
  ],
};
