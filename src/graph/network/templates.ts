/**
 * What can be added behind a node: single layers and the blocks that networks are made of, each written for the maps that it is put
 * behind. Blocks are as in the architectures they come from (`../architectures/`), with a small number of channels.
 */

import type { activationNames } from '../../operators/activation/attributes.ts';
import type { Result, Shape } from '../../operators/operator.ts';
import { ArchitectureError, divisible, NetworkBuilder } from '../architectures/builder.ts';
import type { Graph, NodeId } from '../graph.ts';
import { divisorBelow } from './fitChannels.ts';
import { nameOf } from './ids.ts';
import { type LayerKind, layerOf } from './kinds.ts';

/** Writes a block's nodes behind `input`; the last one is what comes out. */
type Write = (net: NetworkBuilder, channels: number) => NodeId;

const bottleneckShare = 4;
const expansion = 6;
const squeeze = 4;

const blocks = {
  conv3x3_relu: (net, channels) =>
    net.activation('relu', net.conv('conv1', 'input', channels, { kernel: 3, padding: 1 })),
  conv1x1: (net, channels) => net.conv('conv1', 'input', channels),
  strided: (net, channels) => net.conv('conv1', 'input', 2 * channels, { kernel: 3, stride: 2, padding: 1 }),
  dilated: (net, channels) => net.conv('conv1', 'input', channels, { kernel: 3, padding: 2, dilation: 2 }),
  grouped: (net, channels) =>
    net.conv('conv1', 'input', channels, { kernel: 3, padding: 1, groups: divisorBelow(4, channels) }),
  depthwise_separable: (net, channels) => {
    const at = net.conv('depthwise', 'input', channels, { kernel: 3, padding: 1, groups: channels });
    return net.conv('pointwise', at, channels);
  },
  deformable: (net, channels) => {
    const offset = net.conv('offset', 'input', 18, { kernel: 3, padding: 1 });
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    return net.add(
      'deform',
      {
        kind: 'deform_conv2d',
        inChannels: channels,
        outChannels: channels,
        kernelSize: [3, 3],
        stride: [1, 1],
        padding,
        dilation: [1, 1],
        groups: 1,
        bias: true,
        offsetGroups: 1,
        hasMask: false,
      },
      'input',
      offset,
    );
  },
  residual: (net, channels) => {
    let at = normed(net, 1, 'input', channels, 3);
    at = net.activation('relu1', at);
    at = net.arithmetic('add', 'add', normed(net, 2, at, channels, 3), 'input');
    return net.activation('relu2', at);
  },
  bottleneck: (net, channels) => {
    const width = Math.max(1, Math.floor(channels / bottleneckShare));
    let at = net.activation('relu1', normed(net, 1, 'input', width, 1));
    at = net.activation('relu2', normed(net, 2, at, width, 3));
    at = net.arithmetic('add', 'add', normed(net, 3, at, channels, 1), 'input');
    return net.activation('relu3', at);
  },
  inverted_residual: (net, channels) => {
    const hidden = expansion * channels;
    let at = net.activation('relu1', normed(net, 1, 'input', hidden, 1), 'relu6');
    at = net.activation('relu2', normed(net, 2, at, hidden, 3, hidden), 'relu6');
    return net.arithmetic('add', 'add', normed(net, 3, at, channels, 1), 'input');
  },
  squeeze_excite: (net, channels) => {
    let at = net.adaptivePool('avgpool', 'input');
    at = net.activation('relu', net.conv('fc1', at, Math.max(1, Math.floor(channels / squeeze))));
    at = net.activation('sigmoid', net.conv('fc2', at, channels), 'sigmoid');
    return net.arithmetic('multiply', 'multiply', 'input', at);
  },
  inception: (net, channels) => {
    const width = Math.max(1, Math.floor(channels / 4));
    const one = net.conv('branch1.conv', 'input', width);
    const three = net.conv('branch2.conv2', net.conv('branch2.conv1', 'input', width), width, {
      kernel: 3,
      padding: 1,
    });
    const five = net.conv('branch3.conv2', net.conv('branch3.conv1', 'input', width), width, { kernel: 5, padding: 2 });
    const pooled = net.maxPool('branch4.pool', 'input', { kernel: 3, stride: 1, padding: 1 });
    return net.concat('concat', one, three, five, net.conv('branch4.conv', pooled, width));
  },
  dense: (net, channels) => {
    let at = net.activation('relu1', net.batchNorm('norm1', 'input'));
    at = net.conv('conv1', at, divisible(channels / 2, 2), { kernel: 3, padding: 1, bias: false });
    return net.concat('concat', 'input', at);
  },
  classifier: (net) => net.linear('fc', net.flatten('flatten', net.adaptivePool('avgpool', 'input')), 10),
  flatten_linear: (net) => net.linear('fc', net.flatten('flatten', 'input'), 10),
} as const satisfies Readonly<Record<string, Write>>;

/** Convolution and batch norm, the size kept. */
function normed(net: NetworkBuilder, i: number, from: NodeId, channels: number, kernel: 1 | 3, groups = 1): NodeId {
  const options = { kernel, padding: (kernel - 1) / 2, groups, bias: false };
  return net.batchNorm(`bn${i}`, net.conv(`conv${i}`, from, channels, options));
}

export type BlockName = keyof typeof blocks;

export const blockNames = Object.keys(blocks) as readonly BlockName[];

/** One layer of a kind, or an activation by its function, or a block. */
export type Template =
  | { readonly template: 'layer'; readonly kind: LayerKind }
  | { readonly template: 'activation'; readonly function: (typeof activationNames)[number] }
  | { readonly template: 'pool'; readonly function: 'max' | 'average' }
  | { readonly template: 'block'; readonly name: BlockName };

/** What the nodes of a template are named under (`insertAfter`): blocks have a name, a layer and the activation behind it have none. */
export function templateBlock(template: Template): string {
  return template.template === 'block' && template.name !== 'conv3x3_relu' ? template.name : '';
}

/** The template as a network behind maps of `shape`, [N, C, H, W]; or why maps so small have no such layer. */
export function templateGraph(template: Template, shape: Shape): Result<Graph> {
  const net = new NetworkBuilder(shape);
  try {
    write(net, template, shape);
    return { ok: true, value: net.graph };
  } catch (error) {
    if (!(error instanceof ArchitectureError)) throw error;
    return { ok: false, error: { code: 'template', values: { node: error.node }, message: error.message } };
  }
}

function write(net: NetworkBuilder, template: Template, shape: Shape): void {
  switch (template.template) {
    case 'layer': {
      const isFlattened = template.kind === 'linear' && shape[2] * shape[3] > 1;
      const from = isFlattened ? net.flatten('flatten', 'input') : 'input';
      const operator = layerOf(template.kind, net.shape(from));
      net.add(nameOf(operator), operator, from);
      return;
    }
    case 'activation':
      net.activation(nameOf({ kind: 'activation', function: template.function }), 'input', template.function);
      return;
    case 'pool':
      if (template.function === 'max') net.maxPool('maxpool', 'input', { kernel: 2, stride: 2 });
      else net.averagePool('avgpool', 'input', { kernel: 2, stride: 2 });
      return;
    case 'block':
      blocks[template.name](net, shape[1]);
      return;
    default:
      template satisfies never;
  }
}
