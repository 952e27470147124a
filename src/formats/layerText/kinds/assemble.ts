/** A chain of operators as a layer of one kind, or a refusal. */

import { inferShapes } from '../../../graph/infer.ts';
import type { Layer } from '../../../graph/layers/layer.ts';
import { layerNodes } from '../../../graph/layers/layerNodes.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { need, refuse } from '../../../operators/codeValues.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { DeformConv2d } from '../../../operators/deformConv2d/attributes.ts';
import { withOffsets } from '../../../operators/deformConv2d/code.ts';
import { rulesOf } from '../../../operators/index.ts';
import type { Shape } from '../../../operators/operator.ts';
import type { Link } from './chain.ts';

const isDepthwise = (conv: Conv2d) => conv.groups === conv.inChannels;
const isPointwise = ({ kernelSize, groups }: Conv2d) => kernelSize[0] === 1 && kernelSize[1] === 1 && groups === 1;

function otherChain(): never {
  return refuse('other-chain', 'these operators in a row are none of the layers that are offered');
}

/** The activation between two operators, of a kind that has one. */
function between({ activation }: Link): ActivationName {
  if (!activation) return 'none';
  const { name, variant } = activation;
  return variant === null
    ? name
    : refuse('activation-variant', `${variant} is not offered`, { variant, activation: name });
}

function needNoActivation(links: readonly Link[]): void {
  if (links.some(({ activation }) => activation && activation.name !== 'none'))
    refuse('activation-between', 'this kind of layer has one activation, behind its last operator');
}

function twoConvolutions(first: Conv2d, second: Conv2d, link: Link): Layer {
  if (isDepthwise(first) && isPointwise(second))
    return { kind: 'separable', depthwise: first, between: between(link), pointwise: second };
  if (first.kernelSize[1] !== 1 || second.kernelSize[0] !== 1) return otherChain();
  needNoActivation([link]);
  return { kind: 'spatially_separable', vertical: first, horizontal: second };
}

/** Two convolutions of the same window, one for offsets and one for masks, are one with the maps of both. */
function joined(offsets: Conv2d, masks: Conv2d): Conv2d {
  const isAlike = JSON.stringify({ ...offsets, outChannels: 0 }) === JSON.stringify({ ...masks, outChannels: 0 });
  return isAlike ? { ...offsets, outChannels: offsets.outChannels + masks.outChannels } : otherChain();
}

/**
 * What the text says of a deformable convolution's second input: whether it has a mask, null where it does not apply it, or that the
 * operator says everything itself.
 */
export type MaskReading = boolean | null | 'said';

function deformable(deform: DeformConv2d, offsets: Conv2d, mask: MaskReading): Layer {
  const conv = withOffsets(deform, offsets.outChannels, mask === 'said' ? deform.hasMask : mask);
  if (mask === 'said' && conv.offsetGroups !== deform.offsetGroups)
    refuse(
      'offset-groups-differ',
      `offset_group=${deform.offsetGroups}, but the offsets are for ${conv.offsetGroups}`,
      {
        got: deform.offsetGroups,
        groups: conv.offsetGroups,
      },
    );
  return { kind: 'deformable', conv, offsets };
}

export function assemble(links: readonly Link[], mask: MaskReading): Layer {
  const [first, second, third] = links;
  const [a, b, c] = [first?.operator, second?.operator, third?.operator];
  if (!first || !a) return refuse('no-convolution', 'there is no convolution in the text');
  if (!second || !b) {
    switch (a.kind) {
      case 'conv2d':
        return { kind: 'standard', conv: a };
      case 'conv_transpose2d':
        return { kind: 'transposed', conv: a };
      case 'linear':
        return { kind: 'linear', linear: a };
      case 'locally_connected2d':
        return { kind: 'locally_connected', local: a };
      case 'channel_shuffle':
        return otherChain();
      case 'deform_conv2d':
        return refuse('no-offsets', 'a deformable convolution stands here without the convolution of its offsets');
      default:
        a satisfies never;
        throw new Error('unknown operator');
    }
  }
  if (a.kind !== 'conv2d' || links.length > 3) return otherChain();
  if (!c && b.kind === 'conv2d') return twoConvolutions(a, b, first);
  if (c?.kind === 'conv2d' && b.kind === 'channel_shuffle') {
    needNoActivation([first, second]);
    if (b.groups !== a.groups)
      refuse('shuffle-groups-differ', `the shuffle has ${b.groups} groups and the convolution before it ${a.groups}`, {
        shuffle: b.groups,
        groups: a.groups,
      });
    return { kind: 'shuffled', first: a, second: c };
  }
  const deform = c ?? b;
  if (deform.kind !== 'deform_conv2d') return otherChain();
  needNoActivation(links.slice(0, -1));
  if (!c) return deformable(deform, a, mask);
  return b.kind === 'conv2d' ? deformable(deform, joined(a, b), true) : otherChain();
}

/** Refuses a layer that cannot be applied to maps of this shape, in PyTorch's words. */
export function needOutput(layer: Layer, shape: Shape): void {
  if (layer.kind === 'deformable') need(rulesOf(layer.offsets).outputShape(layer.offsets, [shape]));
  const input = { id: 'input', operator: { kind: 'input', channels: shape[1] }, inputs: [] } as const;
  need(inferShapes({ nodes: [input, ...layerNodes(layer, 'layer', { id: 'input', shape })] }, { input: shape }));
}
