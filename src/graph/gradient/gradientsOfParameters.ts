/**
 * The gradient of one node at its learned tensors, from its input and the gradient gy at its output, summed over the batch. Every gradient
 * has its tensor's values in their order: weights of convolutions as maps [Cout, Cin/g, kh, kw], what a channel has as [1, C, 1, 1].
 *
 *   weight  conv2d, linear        `weight_gradient`; another border than zeros is laid on first
 *           conv_transpose2d      the same, with x and gy in each other's place
 *           deform_conv2d         the same, 1x1, over the samples
 *           locally_connected2d   the same, 1x1, over the patches: a position is a group
 *           norms                 sum of gy z, z the standardised input
 *           prelu                 sum of gy min(x, 0)
 *   bias    sum of gy
 */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Pair } from '../../operators/operator.ts';
import type { Prelu } from '../../operators/prelu/attributes.ts';
import type { WeightGradient } from '../../operators/weightGradient/attributes.ts';
import type { NodeId } from '../graph.ts';
import { combine, perChannelSum, reduced } from './arithmetic.ts';
import { equal, type GradientBuilder, learned, numbers } from './builder.ts';
import type { Context } from './context.ts';
import { patchesOf } from './patches.ts';

export type LearnedName = 'weight' | 'bias';
export type ParameterContext<O extends Operator = Operator> = Omit<Context<O>, 'input'>;

/** What a node learns by gradients: not its statistics. */
export function learnedNames(operator: Operator): readonly LearnedName[] {
  return rulesOf(operator)
    .parameters(operator)
    .map(({ name }) => name)
    .filter((name) => name === 'weight' || name === 'bias');
}

export function gradientOfParameter(context: ParameterContext, name: LearnedName): NodeId {
  const { builder, node, gy } = context;
  if (name === 'weight') return gradientOfWeight(context);
  // A bias for every position has its own; the others one for each channel.
  return node.operator.kind === 'locally_connected2d' ? reduced(builder, 'sum', gy, [0]) : perChannelSum(builder, gy);
}

function gradientOfWeight({ builder, node, gy }: ParameterContext): NodeId {
  const { operator } = node;
  const x = node.inputs[0]!;
  switch (operator.kind) {
    case 'conv2d':
      return ofConv2d({ builder, node: { ...node, operator }, gy });
    case 'conv_transpose2d': {
      const { inChannels: outChannels, outChannels: inChannels, padding, ...rest } = operator;
      const at: Pair = [padding.top, padding.left];
      return products(builder, { ...rest, inChannels, outChannels, padding: at }, gy, x);
    }
    case 'linear':
      return products(builder, pointwiseProducts(operator.inFeatures, operator.outFeatures, 1), x, gy);
    case 'deform_conv2d':
      return ofDeformConv2d({ builder, node: { ...node, operator }, gy });
    case 'locally_connected2d': {
      const { patches, gradients, perKernel, positions } = patchesOf(builder, operator, x, gy);
      const layer = pointwiseProducts(positions * perKernel, positions * operator.outChannels, positions);
      return products(builder, layer, patches, gradients);
    }
    case 'batch_norm2d':
      return ofScale(builder, x, gy, (ones, zeros) =>
        builder.add(operator, [x], {
          weight: ones,
          bias: zeros,
          runningMean: learned(node.id, 'runningMean'),
          runningVar: learned(node.id, 'runningVar'),
        }),
      );
    case 'layer_norm2d':
    case 'group_norm':
      return ofScale(builder, x, gy, (weight, bias) => builder.add(operator, [x], { weight, bias }));
    case 'prelu':
      return ofPrelu({ builder, node: { ...node, operator }, gy });
    default:
      throw new Error(`${operator.kind} learns no weight`);
  }
}

type Products = Omit<WeightGradient, 'kind'>;

function products(builder: GradientBuilder, of: Products, x: NodeId, gy: NodeId): NodeId {
  const { inChannels, outChannels, kernelSize, stride, padding, dilation, groups } = of;
  const operator = { inChannels, outChannels, kernelSize, stride, padding, dilation, groups };
  return builder.add({ kind: 'weight_gradient', ...operator }, [x, gy]);
}

function pointwiseProducts(inChannels: number, outChannels: number, groups: number): Products {
  const [one, zero]: readonly [Pair, Pair] = [
    [1, 1],
    [0, 0],
  ];
  return { inChannels, outChannels, groups, kernelSize: one, stride: one, dilation: one, padding: zero };
}

function ofConv2d({ builder, node, gy }: ParameterContext<Conv2d>): NodeId {
  const conv = node.operator;
  const { top, bottom, left, right } = resolvePadding(conv);
  const x = node.inputs[0]!;
  if (conv.paddingMode === 'zeros' || top + bottom + left + right === 0)
    return products(builder, { ...conv, padding: [top, left] }, x, gy);
  const border = { kind: 'pad', mode: borders[conv.paddingMode], value: 0 } as const;
  const padded = builder.add({ ...border, before: [0, 0, top, left], after: [0, 0, bottom, right] }, [x]);
  return products(builder, { ...conv, padding: [0, 0] }, padded, gy);
}

const borders = { reflect: 'reflect', replicate: 'edge', circular: 'wrap' } as const;

/** The samples are those of a layer whose filters have one tap each. */
function ofDeformConv2d({ builder, node, gy }: ParameterContext<DeformConv2d>): NodeId {
  const { inChannels, outChannels, kernelSize, groups } = node.operator;
  const taps = kernelSize[0] * kernelSize[1];
  const single = new Float32Array(inChannels * taps * taps);
  for (let filter = 0; filter < inChannels * taps; filter++) single[filter * taps + (filter % taps)] = 1;
  const sampling = { ...node.operator, outChannels: inChannels * taps, groups: inChannels, bias: false };
  const samples = builder.add(sampling, node.inputs, { weight: numbers(single), bias: null });
  const flat = products(builder, pointwiseProducts(inChannels * taps, outChannels, groups), samples, gy);
  return builder.add({ kind: 'reshape', shape: [outChannels, inChannels / groups, ...kernelSize] }, [flat]);
}

function ofScale(
  builder: GradientBuilder,
  x: NodeId,
  gy: NodeId,
  standardised: (ones: ReturnType<typeof equal>, zeros: ReturnType<typeof equal>) => NodeId,
): NodeId {
  const channels = builder.shape(x)[1];
  const z = standardised(equal(channels, 1), equal(channels, 0));
  return perChannelSum(builder, combine(builder, 'multiply', gy, z));
}

function ofPrelu({ builder, node, gy }: ParameterContext<Prelu>): NodeId {
  const below = { kind: 'elementwise', function: 'clip', alpha: Number.NEGATIVE_INFINITY, beta: 0 } as const;
  const product = combine(builder, 'multiply', gy, builder.add(below, [node.inputs[0]!]));
  const perChannel = perChannelSum(builder, product);
  return node.operator.numParameters === 1 ? reduced(builder, 'sum', perChannel, [1]) : perChannel;
}
