/** The GPU plans of the operators that run as passes; null for those that the engine runs by itself. */

import { planAdaptivePool2d } from './adaptivePool2d/plan.ts';
import { planArithmetic } from './arithmetic/plan.ts';
import { planBatchNorm2d } from './batchNorm2d/plan.ts';
import { planBatchStandardise } from './batchStandardise/plan.ts';
import { planChannelShuffle } from './channelShuffle/plan.ts';
import { planConcat } from './concat/plan.ts';
import { planConvTranspose2d } from './convTranspose2d/plan.ts';
import { planCrossEntropy } from './crossEntropy/plan.ts';
import { planDeformGradient } from './deformConv2d/gradient/plan.ts';
import { planDeformConv2d } from './deformConv2d/plan.ts';
import { rearrangementOf as depthToSpaceOf } from './depthToSpace/index.ts';
import { rearrangementOf as dropoutOf } from './dropout/index.ts';
import { planElementwise } from './elementwise/plan.ts';
import { planExtremumGradient } from './extremumGradient/plan.ts';
import { planGroupNorm } from './groupNorm/plan.ts';
import type { Operator } from './index.ts';
import { planLayerNorm2d } from './layerNorm2d/plan.ts';
import { planLinear } from './linear/plan.ts';
import { planLocallyConnected2d } from './locallyConnected2d/plan.ts';
import { planLocalResponseNorm } from './localResponseNorm/plan.ts';
import type { Shape } from './operator.ts';
import { planOptimizerStep } from './optimizerStep/plan.ts';
import { planPad } from './pad/plan.ts';
import { rearrangementOf as permuteOf } from './permute/index.ts';
import { planPointwiseGradient } from './pointwiseGradient/plan.ts';
import { planPool2d } from './pool2d/plan.ts';
import { planPrelu } from './prelu/plan.ts';
import { type Epilogue, identity } from './programs/epilogue.ts';
import type { PassPlan } from './programs/passes.ts';
import type { DeviceTraits } from './programs/program.ts';
import { planRearrangement } from './programs/rearrange.ts';
import { planReduce } from './reduce/plan.ts';
import { planReshape } from './reshape/plan.ts';
import { planResize } from './resize/plan.ts';
import { planSeededDropout } from './seededDropout/plan.ts';
import { planSeparableSum } from './separableSum/plan.ts';
import { rearrangementOf as sliceOf } from './slice/index.ts';
import { planSoftmax } from './softmax/plan.ts';
import { rearrangementOf as spaceToDepthOf } from './spaceToDepth/index.ts';
import { planWeightGradient } from './weightGradient/plan.ts';

/**
 * `inputs` and `output`: the shapes that `outputShape` takes and gives. `epilogue`: of those operators alone whose programs store
 * through one.
 */
export function passesOf(
  operator: Operator,
  inputs: readonly Shape[],
  output: Shape,
  traits: DeviceTraits,
  epilogue: Epilogue = identity,
): PassPlan | null {
  switch (operator.kind) {
    case 'input':
    case 'conv2d':
    case 'activation':
      return null;
    case 'conv_transpose2d':
      return planConvTranspose2d(operator, inputs, output, traits, epilogue);
    case 'deform_conv2d':
      return planDeformConv2d(operator, inputs, output, traits, epilogue);
    case 'linear':
      return planLinear(operator, inputs, output, traits, epilogue);
    case 'locally_connected2d':
      return planLocallyConnected2d(operator, inputs, output, traits);
    case 'pool2d':
      return planPool2d(operator, inputs, output, traits);
    case 'elementwise':
      return planElementwise(operator, inputs, traits);
    case 'pad':
      return planPad(operator, inputs, output, traits);
    case 'channel_shuffle':
      return planChannelShuffle(operator, output, traits);
    case 'depth_to_space':
      return planRearrangement(depthToSpaceOf(operator, inputs[0]!), inputs[0]!, output, traits);
    case 'dropout':
      return planRearrangement(dropoutOf(operator, inputs[0]!), inputs[0]!, output, traits);
    case 'permute':
      return planRearrangement(permuteOf(operator, inputs[0]!), inputs[0]!, output, traits);
    case 'reshape':
      return planReshape(operator, inputs[0]!, output, traits);
    case 'slice':
      return planRearrangement(sliceOf(operator, inputs[0]!), inputs[0]!, output, traits);
    case 'space_to_depth':
      return planRearrangement(spaceToDepthOf(operator, inputs[0]!), inputs[0]!, output, traits);
    case 'arithmetic':
      return planArithmetic(operator, inputs, output, traits);
    case 'concat':
      return planConcat(operator, inputs, output, traits);
    case 'adaptive_pool2d':
      return planAdaptivePool2d(operator, inputs, output, traits);
    case 'reduce':
      return planReduce(operator, inputs, output, traits);
    case 'batch_norm2d':
      return planBatchNorm2d(operator, inputs, output, traits);
    case 'softmax':
      return planSoftmax(operator, inputs, output, traits);
    case 'layer_norm2d':
      return planLayerNorm2d(operator, inputs, output, traits);
    case 'group_norm':
      return planGroupNorm(operator, inputs, output, traits);
    case 'local_response_norm':
      return planLocalResponseNorm(operator, inputs, output, traits);
    case 'resize':
      return planResize(operator, inputs, output, traits);
    case 'prelu':
      return planPrelu(operator, inputs, output, traits);
    case 'optimizer_step':
      return planOptimizerStep(operator, inputs, traits);
    case 'deform_gradient':
      return planDeformGradient(operator, inputs, output, traits);
    case 'extremum_gradient':
      return planExtremumGradient(operator, [inputs[0]!, inputs[1]!], traits);
    case 'pointwise_gradient':
      return planPointwiseGradient(operator, inputs, traits);
    case 'separable_sum':
      return planSeparableSum(operator, inputs, output, traits);
    case 'weight_gradient':
      return planWeightGradient(operator, [inputs[0]!, inputs[1]!], output, traits);
    case 'batch_standardise':
      return planBatchStandardise(operator, [inputs[0]!], traits);
    case 'cross_entropy':
      return planCrossEntropy(operator, inputs, traits);
    case 'seeded_dropout':
      return planSeededDropout(operator, inputs, traits);
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
