/** A layer of any kind but the convolution by itself → Keras: layers in order, channels last. */
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { kerasArgument, kerasLayer } from '../../../operators/activation/code.ts';
import { writeKerasTransposed } from '../../../operators/convTranspose2d/code/keras.ts';
import { writeKerasLinear } from '../../../operators/linear/code.ts';
import { writeKerasLocal } from '../../../operators/locallyConnected2d/code.ts';
import type { Pair } from '../../../operators/operator.ts';
import { contained } from '../writePyTorchLayer.ts';
import { kerasConvolution, writeKerasSeparable } from './kerasSeparable.ts';
import type { KindCode, KindNote, OtherLayer } from './notes.ts';
import { plainConv } from './plainConv.ts';
import { shuffleSizes } from './shuffleSizes.ts';

interface Layers {
  readonly layers: readonly string[];
  readonly notes: readonly KindNote[];
}

function layersOf(layer: OtherLayer, activation: ActivationName, inputSize: Pair): Layers {
  const argument = kerasArgument(activation);
  const behind = kerasLayer(activation);
  const then = (layers: readonly string[], notes: readonly KindNote[]): Layers => ({
    layers: behind === null ? layers : [...layers, behind],
    notes,
  });
  switch (layer.kind) {
    case 'separable':
      return writeKerasSeparable(layer, activation);
    case 'spatially_separable': {
      const vertical = kerasConvolution(layer.vertical, 'none');
      const horizontal = kerasConvolution(layer.horizontal, activation);
      return {
        layers: [...vertical.layers, ...horizontal.layers],
        notes: [...vertical.notes, ...horizontal.notes],
      };
    }
    case 'shuffled': {
      const { height, width, channels, groups, members } = shuffleSizes(layer, inputSize);
      const first = kerasConvolution(layer.first, 'none');
      const second = kerasConvolution(layer.second, activation);
      const shuffle = [
        `keras.layers.Reshape((${height}, ${width}, ${groups}, ${members}))`,
        'keras.layers.Permute((1, 2, 4, 3))',
        `keras.layers.Reshape((${height}, ${width}, ${channels}))`,
      ];
      return { layers: [...first.layers, ...shuffle, ...second.layers], notes: [...first.notes, ...second.notes] };
    }
    case 'transposed': {
      const { layers, notes } = writeKerasTransposed(layer.conv, argument);
      return then(layers, notes);
    }
    case 'linear':
      return then(['keras.layers.Flatten()', writeKerasLinear(layer.linear, argument)], []);
    case 'deformable': {
      const { layers, notes } = kerasConvolution(plainConv(layer.conv), activation);
      return { layers, notes: ['no-deformable', ...notes] };
    }
    case 'locally_connected':
      return then(writeKerasLocal(layer.local, argument), [
        'keras-local',
        ...(layer.local.dilation.some((d) => d > 1) ? (['keras-local-dilation'] as const) : []),
      ]);
    default:
      layer satisfies never;
      throw new Error('unknown kind of layer');
  }
}

export function writeKerasKind(layer: OtherLayer, activation: ActivationName, inputSize: Pair): KindCode {
  const { layers, notes } = layersOf(layer, activation, inputSize);
  return { code: contained(layers, 'keras.Sequential([', '])'), notes };
}
