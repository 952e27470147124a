/** A layer that was read from code as a kind with its attributes: the name that the field has for it, and what it says. */
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import { type KindAttributes, newAttributes } from './kindAttributes.ts';
import type { KindName } from './kinds.ts';
import type { Layer } from './layer.ts';

export interface NamedLayer {
  readonly kind: KindName;
  readonly attributes: KindAttributes;
}

const attributesOf = (conv: Conv2d): Partial<KindAttributes> => ({
  outChannels: conv.outChannels,
  kernelSize: conv.kernelSize,
  stride: conv.stride,
  padding: resolvePadding(conv),
  dilation: conv.dilation,
  groups: conv.groups,
  bias: conv.bias,
  paddingMode: conv.paddingMode,
});

/** The most telling name of a convolution by itself. */
function nameOf({ inChannels, groups, kernelSize, dilation }: Conv2d): KindName {
  if (groups > 1) return groups === inChannels ? 'depthwise' : 'grouped';
  // One tap has no holes; but who wrote a dilation shall find it on the card.
  if (dilation[0] > 1 || dilation[1] > 1) return 'dilated';
  return kernelSize[0] === 1 && kernelSize[1] === 1 ? 'pointwise' : 'standard';
}

export function kindOfLayer(layer: Layer): NamedLayer {
  const named = (kind: KindName, change: Partial<KindAttributes>): NamedLayer => ({
    kind,
    attributes: { ...newAttributes(kind), ...change },
  });
  switch (layer.kind) {
    case 'standard': {
      const { conv } = layer;
      const depthMultiplier = Math.max(1, Math.round(conv.outChannels / conv.inChannels));
      return named(nameOf(conv), { ...attributesOf(conv), depthMultiplier });
    }
    case 'separable': {
      const { depthwise, pointwise, between } = layer;
      return named('separable', {
        ...attributesOf(depthwise),
        outChannels: pointwise.outChannels,
        bias: pointwise.bias,
        groups: 1,
        firstBias: depthwise.bias,
        depthMultiplier: Math.max(1, Math.round(depthwise.outChannels / depthwise.inChannels)),
        between,
      });
    }
    case 'spatially_separable': {
      const { vertical, horizontal } = layer;
      const [above, beside] = [resolvePadding(vertical), resolvePadding(horizontal)];
      return named('spatially_separable', {
        ...attributesOf(horizontal),
        kernelSize: [vertical.kernelSize[0], horizontal.kernelSize[1]],
        stride: [vertical.stride[0], horizontal.stride[1]],
        dilation: [vertical.dilation[0], horizontal.dilation[1]],
        padding: { top: above.top, bottom: above.bottom, left: beside.left, right: beside.right },
        middleChannels: vertical.outChannels,
        firstBias: vertical.bias,
      });
    }
    case 'shuffled': {
      const { first, second } = layer;
      return named('shuffled', {
        ...attributesOf(first),
        outChannels: second.outChannels,
        bias: second.bias,
        firstBias: first.bias,
      });
    }
    case 'transposed': {
      const { outChannels, kernelSize, stride, padding, outputPadding, dilation, groups, bias } = layer.conv;
      const change = { outChannels, kernelSize, stride, padding, outputPadding, dilation, groups, bias };
      return named('transposed', change);
    }
    case 'deformable': {
      const { outChannels, kernelSize, stride, padding, dilation, groups, bias, offsetGroups, hasMask } = layer.conv;
      const change = { outChannels, kernelSize, stride, padding, dilation, groups, bias, offsetGroups, hasMask };
      return named('deformable', change);
    }
    case 'locally_connected': {
      const { outChannels, kernelSize, stride, padding, dilation, bias } = layer.local;
      return named('locally_connected', { outChannels, kernelSize, stride, padding, dilation, bias });
    }
    case 'linear':
      return named('linear', { outChannels: layer.linear.outFeatures, bias: layer.linear.bias });
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}
