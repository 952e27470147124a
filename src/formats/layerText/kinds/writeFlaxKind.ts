/** A layer of any kind but the convolution by itself → Flax: steps that take x to x, channels last. */
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { writeFlaxActivation } from '../../../operators/activation/code.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { writeFlax } from '../../../operators/conv2d/code/flax.ts';
import { writeFlaxTransposed } from '../../../operators/convTranspose2d/code/flax.ts';
import { writeFlaxLinear } from '../../../operators/linear/code.ts';
import { writeFlaxLocal } from '../../../operators/locallyConnected2d/code.ts';
import type { Pair } from '../../../operators/operator.ts';
import type { KindCode, KindNote, OtherLayer } from './notes.ts';
import { plainConv } from './plainConv.ts';
import { shuffleSizes } from './shuffleSizes.ts';

function convolution(conv: Conv2d): readonly string[] {
  const { padding, conv: call } = writeFlax(conv);
  return padding === null ? [`${call}(x)`] : [padding, `${call}(x)`];
}

function activated(activation: ActivationName): readonly string[] {
  const step = writeFlaxActivation(activation);
  return step === null ? [] : [step];
}

function stepsOf(layer: OtherLayer, inputSize: Pair): { readonly steps: readonly string[]; readonly note?: KindNote } {
  switch (layer.kind) {
    case 'separable':
      return {
        steps: [...convolution(layer.depthwise), ...activated(layer.between), ...convolution(layer.pointwise)],
      };
    case 'spatially_separable':
      return { steps: [...convolution(layer.vertical), ...convolution(layer.horizontal)] };
    case 'shuffled': {
      const { height, width, channels, groups, members } = shuffleSizes(layer, inputSize);
      const shuffle = [
        `jnp.reshape(x, (-1, ${height}, ${width}, ${groups}, ${members}))`,
        'jnp.swapaxes(x, -1, -2)',
        `jnp.reshape(x, (-1, ${height}, ${width}, ${channels}))`,
      ];
      return { steps: [...convolution(layer.first), ...shuffle, ...convolution(layer.second)] };
    }
    case 'transposed': {
      const steps = [`${writeFlaxTransposed(layer.conv)}(x)`];
      return layer.conv.groups > 1 ? { steps, note: 'flax-transposed-groups' } : { steps };
    }
    case 'linear':
      return { steps: [`jnp.reshape(x, (-1, ${layer.linear.inFeatures}))`, `${writeFlaxLinear(layer.linear)}(x)`] };
    case 'deformable':
      return { steps: convolution(plainConv(layer.conv)), note: 'no-deformable' };
    case 'locally_connected':
      return { steps: [`${writeFlaxLocal(layer.local)}(x)`] };
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}

export function writeFlaxKind(layer: OtherLayer, activation: ActivationName, inputSize: Pair): KindCode {
  const { steps, note } = stepsOf(layer, inputSize);
  const code = [...steps, ...activated(activation)].map((step) => `x = ${step}`).join('\n');
  return { code, notes: note ? [note] : [] };
}
