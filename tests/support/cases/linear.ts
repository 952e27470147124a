import fc from 'fast-check';
import { createLinear } from '../../../src/operators/linear/index.ts';
import { caseOf, type KindCases, seed } from './operatorCase.ts';

const features = fc.integer({ min: 1, max: 70 });

export const linearCases: KindCases = {
  kind: 'linear',
  random: fc
    .record({ inFeatures: features, outFeatures: features, bias: fc.boolean() })
    .chain((attributes) =>
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), seed)
        .map(([images, by]) => caseOf(createLinear(attributes), [[images, attributes.inFeatures, 1, 1]], by)),
    ),
  edges: [
    caseOf(createLinear({ inFeatures: 1, outFeatures: 1 }), [[1, 1, 1, 1]]),
    caseOf(createLinear({ inFeatures: 3072, outFeatures: 10 }), [[2, 3072, 1, 1]]),
  ],
};
