/**
 * The built-in architectures, by torchvision's names where it has them. Each is a function of its input's shape and the number of
 * classes; weights are drawn when it is run. Sources stand in each family's file.
 */
import '../../operators/late.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Graph } from '../graph.ts';
import { alexnet } from './alexnet.ts';
import { NetworkBuilder } from './builder.ts';
import { type ConvNeXt, convnext } from './convnext.ts';
import { type DenseNet, densenet } from './densenet.ts';
import { type EfficientNet, efficientnet } from './efficientnet.ts';
import { googlenet } from './googlenet.ts';
import { mobilenetV1, mobilenetV2 } from './mobilenet.ts';
import { nin } from './nin.ts';
import { type ResNet, resnet } from './resnet.ts';
import { type ShuffleNetChannels, shufflenetV2 } from './shufflenet.ts';
import { squeezenet } from './squeezenet.ts';
import { stack } from './stack.ts';
import { unet } from './unet.ts';
import { vgg, vggBlocks } from './vgg.ts';

type Write = (net: NetworkBuilder, classes: number) => void;

const vggOf =
  (layers: keyof typeof vggBlocks, hasNorm = false): Write =>
  (net, classes) =>
    vgg(net, classes, vggBlocks[layers], hasNorm);
const resnetOf =
  (block: ResNet['block'], stages: ResNet['stages'], groups: Pick<ResNet, 'groups' | 'widthPerGroup'> = {}): Write =>
  (net, classes) =>
    resnet(net, classes, { block, stages, ...groups });
const densenetOf =
  (growthRate: number, initFeatures: number, blocks: DenseNet['blocks']): Write =>
  (net, classes) =>
    densenet(net, classes, { growthRate, initFeatures, blocks });
const efficientnetOf =
  (width: number, depth: number, dropout: number, eps?: EfficientNet['eps']): Write =>
  (net, classes) =>
    efficientnet(net, classes, { width, depth, dropout, ...(eps === undefined ? {} : { eps }) });
const convnextOf =
  (channels: ConvNeXt['channels'], blocks: ConvNeXt['blocks']): Write =>
  (net, classes) =>
    convnext(net, classes, { channels, blocks });
const shufflenetOf =
  (...channels: ShuffleNetChannels): Write =>
  (net, classes) =>
    shufflenetV2(net, classes, channels);

const writers = {
  alexnet,
  vgg11: vggOf(11),
  vgg13: vggOf(13),
  vgg16: vggOf(16),
  vgg19: vggOf(19),
  vgg11_bn: vggOf(11, true),
  vgg13_bn: vggOf(13, true),
  vgg16_bn: vggOf(16, true),
  vgg19_bn: vggOf(19, true),
  resnet18: resnetOf('basic', [2, 2, 2, 2]),
  resnet34: resnetOf('basic', [3, 4, 6, 3]),
  resnet50: resnetOf('bottleneck', [3, 4, 6, 3]),
  resnet101: resnetOf('bottleneck', [3, 4, 23, 3]),
  resnet152: resnetOf('bottleneck', [3, 8, 36, 3]),
  resnext50_32x4d: resnetOf('bottleneck', [3, 4, 6, 3], { groups: 32, widthPerGroup: 4 }),
  resnext101_32x8d: resnetOf('bottleneck', [3, 4, 23, 3], { groups: 32, widthPerGroup: 8 }),
  resnext101_64x4d: resnetOf('bottleneck', [3, 4, 23, 3], { groups: 64, widthPerGroup: 4 }),
  wide_resnet50_2: resnetOf('bottleneck', [3, 4, 6, 3], { widthPerGroup: 128 }),
  wide_resnet101_2: resnetOf('bottleneck', [3, 4, 23, 3], { widthPerGroup: 128 }),
  densenet121: densenetOf(32, 64, [6, 12, 24, 16]),
  densenet161: densenetOf(48, 96, [6, 12, 36, 24]),
  densenet169: densenetOf(32, 64, [6, 12, 32, 32]),
  densenet201: densenetOf(32, 64, [6, 12, 48, 32]),
  googlenet,
  mobilenet_v1: (net, classes) => mobilenetV1(net, classes, 1),
  mobilenet_v2: (net, classes) => mobilenetV2(net, classes, 1),
  shufflenet_v2_x0_5: shufflenetOf(24, 48, 96, 192, 1024),
  shufflenet_v2_x1_0: shufflenetOf(24, 116, 232, 464, 1024),
  shufflenet_v2_x1_5: shufflenetOf(24, 176, 352, 704, 1024),
  shufflenet_v2_x2_0: shufflenetOf(24, 244, 488, 976, 2048),
  squeezenet1_0: (net, classes) => squeezenet(net, classes, '1.0'),
  squeezenet1_1: (net, classes) => squeezenet(net, classes, '1.1'),
  efficientnet_b0: efficientnetOf(1, 1, 0.2),
  efficientnet_b1: efficientnetOf(1, 1.1, 0.2),
  efficientnet_b2: efficientnetOf(1.1, 1.2, 0.3),
  efficientnet_b3: efficientnetOf(1.2, 1.4, 0.3),
  efficientnet_b4: efficientnetOf(1.4, 1.8, 0.4),
  efficientnet_b5: efficientnetOf(1.6, 2.2, 0.4, 1e-3),
  efficientnet_b6: efficientnetOf(1.8, 2.6, 0.5, 1e-3),
  efficientnet_b7: efficientnetOf(2, 3.1, 0.5, 1e-3),
  convnext_tiny: convnextOf([96, 192, 384, 768], [3, 3, 9, 3]),
  convnext_small: convnextOf([96, 192, 384, 768], [3, 3, 27, 3]),
  convnext_base: convnextOf([128, 256, 512, 1024], [3, 3, 27, 3]),
  convnext_large: convnextOf([192, 384, 768, 1536], [3, 3, 27, 3]),
  unet,
  nin,
  stack,
} as const satisfies Readonly<Record<string, Write>>;

export type ArchitectureName = keyof typeof writers;

export const architectureNames = Object.keys(writers) as readonly ArchitectureName[];

export function isArchitectureName(name: string): name is ArchitectureName {
  return Object.hasOwn(writers, name);
}

/** Classes of the last layer where nothing is said: ImageNet's, CIFAR-10's, one map. */
const defaultClasses: Partial<Record<ArchitectureName, number>> = { nin: 10, unet: 1 };

/** The network for pictures of `input`, [N, C, H, W]. Throws ArchitectureError where a layer has no output for pictures that small. */
export function architecture(name: ArchitectureName, input: Shape, classes = defaultClasses[name] ?? 1000): Graph {
  const net = new NetworkBuilder(input);
  writers[name](net, classes);
  return net.graph;
}
