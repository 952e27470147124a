/** PoseNet's MobileNetV1 0.75 up to its third pointwise layer: a convolution, then depthwise and pointwise in turn, ReLU6 behind each. */
import type { GraphNode } from '../graph.ts';
import { activationNode, convNode } from './blocks.ts';

/** Channels behind each pointwise layer, and the stride of the depthwise one before it. */
const blocks = [
  { out: 48, stride: 1 },
  { out: 96, stride: 2 },
  { out: 96, stride: 1 },
] as const;

export function poseNet(photo: string): readonly GraphNode[] {
  const nodes = [
    convNode('conv0', photo, { in: 3, out: 24, kernel: 3, stride: 2 }),
    activationNode('relu0', 'conv0', 'relu6'),
  ];
  let channels = 24;
  let reads = 'relu0';
  blocks.forEach(({ out, stride }, i) => {
    const [dw, dwRelu, pw, relu] = [`dw${i + 1}`, `dw${i + 1}-relu`, `pw${i + 1}`, `relu${i + 1}`];
    nodes.push(
      convNode(dw, reads, { in: channels, out: channels, kernel: 3, stride, isDepthwise: true }),
      activationNode(dwRelu, dw, 'relu6'),
      convNode(pw, dwRelu, { in: channels, out, kernel: 1 }),
      activationNode(relu, pw, 'relu6'),
    );
    channels = out;
    reads = relu;
  });
  return nodes;
}
