/** The rules of every kind that Explore does not have: loaded when a graph first needs them. A new kind joins here and in the union. */

import { adaptivePool2d } from './adaptivePool2d/index.ts';
import { arithmetic } from './arithmetic/index.ts';
import { batchNorm2d } from './batchNorm2d/index.ts';
import { batchStandardise } from './batchStandardise/index.ts';
import { channelShuffle } from './channelShuffle/index.ts';
import { concat } from './concat/index.ts';
import { convTranspose2d } from './convTranspose2d/index.ts';
import { crossEntropy } from './crossEntropy/index.ts';
import { deformGradient } from './deformConv2d/gradient/index.ts';
import { deformConv2d } from './deformConv2d/index.ts';
import { depthToSpace } from './depthToSpace/index.ts';
import { dropout } from './dropout/index.ts';
import { elementwise } from './elementwise/index.ts';
import { extremumGradient } from './extremumGradient/index.ts';
import { groupNorm } from './groupNorm/index.ts';
import { addLateRules } from './index.ts';
import { layerNorm2d } from './layerNorm2d/index.ts';
import { linear } from './linear/index.ts';
import { locallyConnected2d } from './locallyConnected2d/index.ts';
import { localResponseNorm } from './localResponseNorm/index.ts';
import { optimizerStep } from './optimizerStep/index.ts';
import { pad } from './pad/index.ts';
import { permute } from './permute/index.ts';
import { pointwiseGradient } from './pointwiseGradient/index.ts';
import { pool2d } from './pool2d/index.ts';
import { prelu } from './prelu/index.ts';
import { reduce } from './reduce/index.ts';
import { reshape } from './reshape/index.ts';
import { resize } from './resize/index.ts';
import { seededDropout } from './seededDropout/index.ts';
import { separableSum } from './separableSum/index.ts';
import { slice } from './slice/index.ts';
import { softmax } from './softmax/index.ts';
import { spaceToDepth } from './spaceToDepth/index.ts';
import { weightGradient } from './weightGradient/index.ts';

addLateRules({
  conv_transpose2d: convTranspose2d,
  deform_conv2d: deformConv2d,
  linear,
  locally_connected2d: locallyConnected2d,
  pool2d,
  channel_shuffle: channelShuffle,
  depth_to_space: depthToSpace,
  dropout,
  elementwise,
  pad,
  permute,
  reshape,
  slice,
  space_to_depth: spaceToDepth,
  arithmetic,
  concat,
  adaptive_pool2d: adaptivePool2d,
  reduce,
  batch_norm2d: batchNorm2d,
  softmax,
  layer_norm2d: layerNorm2d,
  group_norm: groupNorm,
  local_response_norm: localResponseNorm,
  resize,
  prelu,
  optimizer_step: optimizerStep,
  deform_gradient: deformGradient,
  extremum_gradient: extremumGradient,
  pointwise_gradient: pointwiseGradient,
  separable_sum: separableSum,
  weight_gradient: weightGradient,
  batch_standardise: batchStandardise,
  cross_entropy: crossEntropy,
  seeded_dropout: seededDropout,
});
