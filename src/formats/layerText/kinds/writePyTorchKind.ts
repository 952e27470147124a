/** A layer of any kind but the convolution by itself → PyTorch: modules in a container, or statements where a module is applied to more than one tensor. */
import type { Layer } from '../../../graph/layers/layer.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { writePyTorchActivation } from '../../../operators/activation/writePyTorch.ts';
import { isSymmetric } from '../../../operators/codeText.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { writePyTorch } from '../../../operators/conv2d/code/writePyTorch.ts';
import { writePyTorchTransposed } from '../../../operators/convTranspose2d/code/pytorch.ts';
import { writePyTorchDeformable } from '../../../operators/deformConv2d/code.ts';
import { writePyTorchLinear } from '../../../operators/linear/code.ts';
import { writePyTorchLocal } from '../../../operators/locallyConnected2d/code.ts';
import { contained } from '../writePyTorchLayer.ts';
import type { KindCode, OtherLayer } from './notes.ts';

/** A module, or the activation that PyTorch has only as a function. */
type Part = string | 'torch.abs(x)';

const abs: Part = 'torch.abs(x)';

function activated(activation: ActivationName): readonly Part[] {
  if (activation === 'abs') return [abs];
  const module = writePyTorchActivation(activation);
  return module === null ? [] : [module];
}

function convolution(conv: Conv2d): readonly string[] {
  const { padding, conv: call } = writePyTorch(conv);
  return padding === null ? [call] : [padding, call];
}

const applied = (parts: readonly Part[]) => parts.map((part) => `x = ${part === abs ? part : `${part}(x)`}`);

function sequence(parts: readonly Part[]): KindCode {
  const code = parts.includes(abs) ? applied(parts).join('\n') : contained(parts, 'nn.Sequential(', ')');
  return { code, notes: [] };
}

function deformable(layer: Extract<Layer, { readonly kind: 'deformable' }>, behind: readonly Part[]): KindCode {
  const { conv, offsets } = layer;
  const { top, bottom, left, right } = conv.padding;
  const isOwn = isSymmetric(conv.padding);
  const call = writePyTorchDeformable(isOwn ? conv : { ...conv, padding: { top: 0, bottom: 0, left: 0, right: 0 } });
  const perMask = offsets.outChannels / 3;
  const source = isOwn ? 'x' : 'padded';
  const lines = [
    `offset_conv = ${contained(convolution(offsets), 'nn.Sequential(', ')')}`,
    `deform_conv = ${call}`,
    ...(isOwn ? [] : [`padded = F.pad(x, (${left}, ${right}, ${top}, ${bottom}))`]),
    ...(conv.hasMask
      ? [
          `offset, mask = torch.split(offset_conv(x), [${2 * perMask}, ${perMask}], dim=1)`,
          `x = deform_conv(${source}, offset, torch.sigmoid(mask))`,
        ]
      : [`x = deform_conv(${source}, offset_conv(x))`]),
    ...applied(behind),
  ];
  return { code: lines.join('\n'), notes: [] };
}

export function writePyTorchKind(layer: OtherLayer, activation: ActivationName): KindCode {
  const behind = activated(activation);
  switch (layer.kind) {
    case 'separable':
      return sequence([
        ...convolution(layer.depthwise),
        ...activated(layer.between),
        ...convolution(layer.pointwise),
        ...behind,
      ]);
    case 'spatially_separable':
      return sequence([...convolution(layer.vertical), ...convolution(layer.horizontal), ...behind]);
    case 'shuffled': {
      const shuffle = `nn.ChannelShuffle(${layer.first.groups})`;
      return sequence([...convolution(layer.first), shuffle, ...convolution(layer.second), ...behind]);
    }
    case 'transposed':
      return sequence([...writePyTorchTransposed(layer.conv), ...behind]);
    case 'linear':
      return sequence(['nn.Flatten()', writePyTorchLinear(layer.linear), ...behind]);
    case 'deformable':
      return deformable(layer, behind);
    case 'locally_connected':
      return {
        code: [...writePyTorchLocal(layer.local), ...applied(behind)].join('\n'),
        notes: ['pytorch-local'],
      };
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}
