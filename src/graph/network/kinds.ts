/** A layer of each kind as it is first added behind maps of some shape: it fits them, and most keep their size. */
import '../../operators/late.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import type { GradientOperator, Operator } from '../../operators/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { PerSide, Shape } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { divisorBelow } from './fitChannels.ts';

/** The kinds that are added as one layer: not the input, nothing of gradients, no joins (`joins.ts`), and not what reads offsets (`templates.ts`). */
export type LayerKind = Exclude<
  Operator['kind'],
  'input' | 'arithmetic' | 'concat' | 'deform_conv2d' | GradientOperator['kind']
>;

export const layerKinds = [
  'conv2d',
  'conv_transpose2d',
  'locally_connected2d',
  'linear',
  'activation',
  'elementwise',
  'prelu',
  'pool2d',
  'adaptive_pool2d',
  'reduce',
  'batch_norm2d',
  'layer_norm2d',
  'group_norm',
  'local_response_norm',
  'dropout',
  'softmax',
  'resize',
  'pad',
  'slice',
  'channel_shuffle',
  'depth_to_space',
  'space_to_depth',
  'permute',
  'reshape',
] as const satisfies readonly LayerKind[];

const around = (padding: number): PerSide => ({ top: padding, bottom: padding, left: padding, right: padding });

/** `shape`: [N, C, H, W] of what the layer reads. */
export function layerOf(kind: LayerKind, [images, channels, height, width]: Shape): Operator {
  switch (kind) {
    case 'conv2d':
      return createConv2d({ inChannels: channels, outChannels: channels, kernelSize: [3, 3], padding: around(1) });
    case 'conv_transpose2d': {
      const outChannels = Math.max(1, Math.floor(channels / 2));
      return createConvTranspose2d({ inChannels: channels, outChannels, kernelSize: [2, 2], stride: [2, 2] });
    }
    case 'locally_connected2d':
      return createLocallyConnected2d({
        inChannels: channels,
        outChannels: channels,
        inputSize: [height, width],
        kernelSize: [3, 3],
        padding: around(1),
      });
    case 'linear':
      return { kind, inFeatures: channels, outFeatures: 10, bias: true };
    case 'activation':
      return { kind, function: 'relu' };
    case 'elementwise':
      return { kind, function: 'hard_swish', alpha: 0, beta: 0 };
    case 'prelu':
      return { kind, numParameters: channels };
    case 'pool2d':
      return createPool2d({ function: 'max', kernelSize: [Math.min(2, height), Math.min(2, width)] });
    case 'adaptive_pool2d':
      return { kind, function: 'average', outputSize: [1, 1] };
    case 'reduce':
      return { kind, function: 'mean', axes: [2, 3] };
    case 'batch_norm2d':
      return { kind, numFeatures: channels, eps: 1e-5 };
    case 'layer_norm2d':
      return { kind, numChannels: channels, eps: 1e-6 };
    case 'group_norm':
      return { kind, numGroups: divisorBelow(32, channels), numChannels: channels, eps: 1e-5 };
    case 'local_response_norm':
      return { kind, size: 5, alpha: 1e-4, beta: 0.75, k: 1, channelsBefore: 2 };
    case 'dropout':
      return { kind, p: 0.5 };
    case 'softmax':
      return { kind, axis: 1 };
    case 'resize':
      return {
        kind,
        mode: 'linear',
        size: null,
        scaleFactor: [2, 2],
        coordinateTransformationMode: 'half_pixel',
        nearestMode: 'floor',
        cubicCoeffA: -0.75,
        excludeOutside: false,
      };
    case 'pad':
      return { kind, before: [0, 0, 1, 1], after: [0, 0, 1, 1], mode: 'constant', value: 0 };
    case 'slice': {
      const count = Math.max(1, Math.floor(channels / 2));
      return { kind, start: [0, 0, 0, 0], count: [images, count, height, width], step: [1, 1, 1, 1] };
    }
    case 'channel_shuffle':
      return { kind, groups: divisorBelow(2, channels) };
    case 'depth_to_space':
      return { kind, block: channels % 4 === 0 ? 2 : 1, mode: 'CRD' };
    case 'space_to_depth':
      return { kind, block: height % 2 === 0 && width % 2 === 0 ? 2 : 1, mode: 'CRD' };
    case 'permute':
      return { kind, dims: [0, 1, 3, 2] };
    case 'reshape':
      return { kind, shape: [images, channels * height * width, 1, 1] };
    default:
      kind satisfies never;
      throw new Error('unknown kind');
  }
}
