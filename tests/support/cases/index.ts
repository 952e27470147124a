/** The cases of every kind but inputs, `conv2d` and activations, which have tests of their own. */
import { convTranspose2dCases } from './convTranspose2d.ts';
import { deformConv2dCases } from './deformConv2d.ts';
import { elementwiseCases } from './elementwise.ts';
import {
  deformGradientCases,
  extremumGradientCases,
  optimizerStepCases,
  pointwiseGradientCases,
  separableSumCases,
} from './gradients.ts';
import { linearCases } from './linear.ts';
import { locallyConnected2dCases } from './locallyConnected2d.ts';
import {
  batchNorm2dCases,
  groupNormCases,
  layerNorm2dCases,
  localResponseNormCases,
  preluCases,
  softmaxCases,
} from './normalisations.ts';
import type { KindCases } from './operatorCase.ts';
import { pool2dCases } from './pool2d.ts';
import {
  channelShuffleCases,
  depthToSpaceCases,
  dropoutCases,
  padCases,
  permuteCases,
  reshapeCases,
  sliceCases,
  spaceToDepthCases,
} from './rearrangements.ts';
import { resizeCases } from './resize.ts';
import { adaptivePool2dCases, arithmeticCases, concatCases, reduceCases } from './shapes.ts';
import { batchStandardiseCases, crossEntropyCases, seededDropoutCases, weightGradientCases } from './training.ts';

export const kindCases: readonly KindCases[] = [
  convTranspose2dCases,
  deformConv2dCases,
  elementwiseCases,
  linearCases,
  locallyConnected2dCases,
  pool2dCases,
  channelShuffleCases,
  depthToSpaceCases,
  dropoutCases,
  padCases,
  permuteCases,
  reshapeCases,
  sliceCases,
  spaceToDepthCases,
  adaptivePool2dCases,
  arithmeticCases,
  concatCases,
  reduceCases,
  batchNorm2dCases,
  softmaxCases,
  layerNorm2dCases,
  groupNormCases,
  localResponseNormCases,
  resizeCases,
  preluCases,
  pointwiseGradientCases,
  separableSumCases,
  extremumGradientCases,
  deformGradientCases,
  optimizerStepCases,
  weightGradientCases,
  batchStandardiseCases,
  crossEntropyCases,
  seededDropoutCases,
];
