/** The gradient of every kind of operator at each of its inputs. All inputs of all kinds have one: offsets and masks too are numbers. */
import type { Operator } from '../../operators/index.ts';
import type { NodeId } from '../graph.ts';
import { adjointOf, gradientOfExtremum, gradientOfMaximum, sumsOfMeans, sumsOfReduce, sumsOfResize } from './axes.ts';
import { type Context, inputOf } from './context.ts';
import {
  throughConv2d,
  throughConvTranspose2d,
  throughDeformConv2d,
  throughLinear,
  throughLocallyConnected2d,
} from './convolutions.ts';
import { throughCrossEntropy } from './crossEntropy.ts';
import { throughActivation, throughArithmetic, throughElementwise, throughPrelu } from './functions.ts';
import {
  standardisedGradient,
  throughBatchNorm2d,
  throughGroupNorm,
  throughLayerNorm2d,
  throughLocalResponseNorm,
  throughSoftmax,
} from './normalisations.ts';
import { throughChannelShuffle, throughConcat, throughPad, throughPermute, throughSlice } from './rearrangements.ts';

/** The context with the node's operator known to be `operator`, which it is. */
function of<O extends Operator>(context: Context, operator: O): Context<O> {
  return { ...context, node: { ...context.node, operator } };
}

/**
 * Adds nodes behind `gy` that compute its gradient at one input of the node, and gives the last of them. Gradients have no gradients of
 * their own: throws.
 */
export function gradientOfNode(context: Context): NodeId {
  const { builder, gy } = context;
  const { operator } = context.node;
  const x = inputOf(context);
  switch (operator.kind) {
    case 'conv2d':
      return throughConv2d(of(context, operator));
    case 'conv_transpose2d':
      return throughConvTranspose2d(of(context, operator));
    case 'deform_conv2d':
      return throughDeformConv2d(of(context, operator));
    case 'linear':
      return throughLinear(of(context, operator));
    case 'locally_connected2d':
      return throughLocallyConnected2d(of(context, operator));
    case 'activation':
      return throughActivation(of(context, operator));
    case 'elementwise':
      return throughElementwise(of(context, operator));
    case 'prelu':
      return throughPrelu(of(context, operator));
    case 'arithmetic':
      return throughArithmetic(of(context, operator));
    case 'pool2d':
    case 'adaptive_pool2d':
      if (operator.function === 'max') return builder.add(gradientOfMaximum(operator, builder.shape(x)), [x, gy]);
      return builder.add(adjointOf(sumsOfMeans(operator, builder.shape(x))), [gy]);
    case 'reduce':
      if (operator.function === 'max' || operator.function === 'min')
        return builder.add(gradientOfExtremum(operator.function, operator, builder.shape(x)), [x, gy]);
      return builder.add(adjointOf(sumsOfReduce(operator, builder.shape(x))), [gy]);
    case 'resize':
      return builder.add(adjointOf(sumsOfResize(operator, builder.shape(x))), [gy]);
    case 'batch_norm2d':
      return throughBatchNorm2d(of(context, operator));
    case 'layer_norm2d':
      return throughLayerNorm2d(of(context, operator));
    case 'group_norm':
      return throughGroupNorm(of(context, operator));
    case 'softmax':
      return throughSoftmax(of(context, operator));
    case 'local_response_norm':
      return throughLocalResponseNorm(of(context, operator));
    case 'channel_shuffle':
      return throughChannelShuffle(of(context, operator));
    case 'depth_to_space':
      return builder.add({ ...operator, kind: 'space_to_depth' }, [gy]);
    case 'space_to_depth':
      return builder.add({ ...operator, kind: 'depth_to_space' }, [gy]);
    case 'permute':
      return throughPermute(of(context, operator));
    case 'reshape':
      return builder.add({ kind: 'reshape', shape: builder.shape(x) }, [gy]);
    case 'slice':
      return throughSlice(of(context, operator));
    case 'pad':
      return throughPad(of(context, operator));
    case 'concat':
      return throughConcat(of(context, operator));
    // When it is not training.
    case 'dropout':
      return gy;
    case 'batch_standardise':
      return standardisedGradient(builder, [x, gy], [0, 2, 3], operator.eps);
    case 'cross_entropy':
      return throughCrossEntropy(of(context, operator));
    // The same mask, of the same step.
    case 'seeded_dropout':
      if (context.input === 0) return builder.add(operator, [gy, context.node.inputs[1]!]);
      throw new Error('no gradient goes to a step');
    case 'input':
    case 'deform_gradient':
    case 'optimizer_step':
    case 'extremum_gradient':
    case 'pointwise_gradient':
    case 'separable_sum':
    case 'weight_gradient':
      throw new Error(`no gradient goes through ${operator.kind}`);
    default:
      operator satisfies never;
      throw new Error('unknown operator');
  }
}
