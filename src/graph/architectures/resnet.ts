/**
 * ResNet: He et al., Deep residual learning for image recognition, arXiv 1512.03385; ResNeXt: Xie et al., arXiv 1611.05431; wide ResNet:
 * Zagoruyko and Komodakis, arXiv 1605.07146. As in torchvision, which subsamples in a bottleneck's 3x3 layer, not in the 1x1 before it.
 */
import type { NodeId } from '../graph.ts';
import type { NetworkBuilder } from './builder.ts';

export interface ResNet {
  readonly block: 'basic' | 'bottleneck';
  /** Blocks of the four stages. */
  readonly stages: readonly [number, number, number, number];
  readonly groups?: number;
  /** Channels of one group of the first stage's 3x3 layers. */
  readonly widthPerGroup?: number;
}

export function resnet(net: NetworkBuilder, classes: number, shape: ResNet): void {
  let at = net.conv('conv1', 'input', 64, { kernel: 7, stride: 2, padding: 3, bias: false });
  at = net.activation('relu', net.batchNorm('bn1', at));
  at = net.maxPool('maxpool', at, { kernel: 3, stride: 2, padding: 1 });
  for (const [stage, blocks] of shape.stages.entries()) {
    for (let i = 0; i < blocks; i++) {
      const stride = stage > 0 && i === 0 ? 2 : 1;
      at = block(net, `layer${stage + 1}.${i}`, at, shape, 64 << stage, stride);
    }
  }
  at = net.flatten('flatten', net.adaptivePool('avgpool', at));
  net.linear('fc', at, classes);
}

function block(net: NetworkBuilder, name: string, from: NodeId, shape: ResNet, planes: number, stride: number): NodeId {
  const { groups = 1, widthPerGroup = 64 } = shape;
  const isBasic = shape.block === 'basic';
  const outChannels = isBasic ? planes : 4 * planes;
  const width = Math.floor((planes * widthPerGroup) / 64) * groups;
  let at = from;
  const layer = (i: number, channels: number, kernel: 1 | 3, options: { stride?: number; groups?: number } = {}) => {
    at = net.conv(`${name}.conv${i}`, at, channels, { kernel, padding: (kernel - 1) / 2, bias: false, ...options });
    at = net.batchNorm(`${name}.bn${i}`, at);
  };
  const relu = (i: number) => {
    at = net.activation(`${name}.relu${i}`, at);
  };
  if (isBasic) {
    layer(1, planes, 3, { stride });
    relu(1);
    layer(2, planes, 3);
  } else {
    layer(1, width, 1);
    relu(1);
    layer(2, width, 3, { stride, groups });
    relu(2);
    layer(3, outChannels, 1);
  }
  let identity = from;
  if (stride !== 1 || net.channels(from) !== outChannels) {
    identity = net.conv(`${name}.downsample.0`, from, outChannels, { stride, bias: false });
    identity = net.batchNorm(`${name}.downsample.1`, identity);
  }
  at = net.arithmetic(`${name}.add`, 'add', at, identity);
  relu(isBasic ? 2 : 3);
  return at;
}
