/**
 * BlazeFace (front) up to its ninth block: depthwise and pointwise beside a shortcut, whose channels are padded with zeros and whose size
 * a maximum halves where the block's stride is 2 (Bazarevsky et al. 2019).
 */
import type { GraphNode } from '../graph.ts';
import { activationNode, addNode, convNode } from './blocks.ts';

const blocks = [
  { out: 24, stride: 1 },
  { out: 28, stride: 1 },
  { out: 32, stride: 2 },
  { out: 36, stride: 1 },
  { out: 42, stride: 1 },
  { out: 48, stride: 2 },
  { out: 56, stride: 1 },
  { out: 64, stride: 1 },
  { out: 72, stride: 1 },
] as const;

export function blazeFace(photo: string): readonly GraphNode[] {
  const nodes = [
    convNode('conv0', photo, { in: 3, out: 24, kernel: 5, stride: 2 }),
    activationNode('relu0', 'conv0', 'relu'),
  ];
  let channels = 24;
  let reads = 'relu0';
  blocks.forEach(({ out, stride }, i) => {
    const [dw, pw, sum, relu] = [`dw${i + 1}`, `pw${i + 1}`, `add${i + 1}`, `relu${i + 1}`];
    nodes.push(
      convNode(dw, reads, { in: channels, out: channels, kernel: 3, stride, isDepthwise: true, bias: false }),
      convNode(pw, dw, { in: channels, out, kernel: 1 }),
    );
    let shortcut = reads;
    if (stride === 2) nodes.push(halved(`pool${i + 1}`, shortcut));
    if (stride === 2) shortcut = `pool${i + 1}`;
    if (out > channels) nodes.push(widened(`pad${i + 1}`, shortcut, out - channels));
    if (out > channels) shortcut = `pad${i + 1}`;
    nodes.push(addNode(sum, pw, shortcut), activationNode(relu, sum, 'relu'));
    channels = out;
    reads = relu;
  });
  return nodes;
}

function halved(id: string, reads: string): GraphNode {
  const padding = { top: 0, bottom: 0, left: 0, right: 0 };
  const pool = { kernelSize: [2, 2], stride: [2, 2], padding, dilation: [1, 1] } as const;
  return {
    id,
    operator: { kind: 'pool2d', function: 'max', ...pool, ceilMode: false, countIncludePad: false },
    inputs: [reads],
  };
}

function widened(id: string, reads: string, channels: number): GraphNode {
  return {
    id,
    operator: { kind: 'pad', before: [0, 0, 0, 0], after: [0, channels, 0, 0], mode: 'constant', value: 0 },
    inputs: [reads],
  };
}
