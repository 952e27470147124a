/** Cases of normalisations. */
import fc from 'fast-check';
import { createLocalResponseNorm } from '../../../src/operators/localResponseNorm/index.ts';
import { caseOf, type KindCases, seed, shapeUpTo } from './operatorCase.ts';

const shape = shapeUpTo(11, 9);
const eps = fc.constantFrom(1e-5, 1e-3, 0.1);

export const batchNorm2dCases: KindCases = {
  kind: 'batch_norm2d',
  random: fc
    .tuple(eps, shape, seed)
    .map(([by, of, from]) => caseOf({ kind: 'batch_norm2d', numFeatures: of[1], eps: by }, [of], from)),
  edges: [caseOf({ kind: 'batch_norm2d', numFeatures: 64, eps: 1e-5 }, [[1, 64, 7, 7]])],
};

export const softmaxCases: KindCases = {
  kind: 'softmax',
  random: fc
    .tuple(fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const), shape, seed)
    .map(([axis, of, from]) => caseOf({ kind: 'softmax', axis }, [of], from)),
  edges: [caseOf({ kind: 'softmax', axis: 1 }, [[2, 1001, 1, 1]])],
};

export const layerNorm2dCases: KindCases = {
  kind: 'layer_norm2d',
  random: fc
    .tuple(eps, shape, seed)
    .map(([by, of, from]) => caseOf({ kind: 'layer_norm2d', numChannels: of[1], eps: by }, [of], from)),
  edges: [caseOf({ kind: 'layer_norm2d', numChannels: 96, eps: 1e-6 }, [[1, 96, 5, 3]])],
};

export const groupNormCases: KindCases = {
  kind: 'group_norm',
  random: fc
    .tuple(eps, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), shape, seed)
    .map(([by, numGroups, perGroup, [n, , h, w], from]) => {
      const numChannels = numGroups * perGroup;
      return caseOf({ kind: 'group_norm', numGroups, numChannels, eps: by }, [[n, numChannels, h, w]], from);
    }),
  edges: [
    caseOf({ kind: 'group_norm', numGroups: 3, numChannels: 3, eps: 1e-5 }, [[2, 3, 90, 91]]),
    caseOf({ kind: 'group_norm', numGroups: 2, numChannels: 12, eps: 1e-5 }, [[1, 12, 70, 70]]),
  ],
};

export const localResponseNormCases: KindCases = {
  kind: 'local_response_norm',
  random: fc
    .tuple(
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(1e-4, 0.5, 5),
      fc.constantFrom(0.5, 0.75, 2),
      fc.constantFrom(1, 2),
      fc.boolean(),
      shape,
      seed,
    )
    .map(([size, alpha, beta, k, isOnnx, of, from]) => {
      const norm = createLocalResponseNorm({ size, alpha, beta, k });
      return caseOf({ ...norm, channelsBefore: Math.floor((size - Number(isOnnx)) / 2) }, [of], from);
    }),
  edges: [caseOf(createLocalResponseNorm({ size: 5 }), [[1, 64, 5, 5]])],
};

export const preluCases: KindCases = {
  kind: 'prelu',
  random: fc
    .tuple(fc.boolean(), shape, seed)
    .map(([isShared, of, from]) => caseOf({ kind: 'prelu', numParameters: isShared ? 1 : of[1] }, [of], from)),
  edges: [caseOf({ kind: 'prelu', numParameters: 1 }, [[1, 1, 1, 1]])],
};
