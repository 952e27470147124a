import { describe, expect, it } from 'vitest';
import { defaultLayer } from '../../../graph/layers/defaultLayer.ts';
import type { Layer, LayerKind } from '../../../graph/layers/layer.ts';
import { libraries } from '../../../operators/conv2d/code/code.ts';
import { createConvTranspose2d } from '../../../operators/convTranspose2d/index.ts';
import type { Pair } from '../../../operators/operator.ts';
import { writeLayer } from '../writeLayer.ts';
import { writeLayerOfKind } from './writeLayerOfKind.ts';

const inputSize: Pair = [12, 10];

const layerOf = <K extends LayerKind>(kind: K) =>
  defaultLayer(kind, { inChannels: 8, outChannels: 16, inputSize }) as Extract<Layer, { readonly kind: K }>;

const written = (layer: Layer, library: (typeof libraries)[number], activation: 'none' | 'relu' | 'abs' = 'none') =>
  writeLayerOfKind(layer, activation, library, inputSize);

const transposed = (change: Partial<Parameters<typeof createConvTranspose2d>[0]>): Layer => ({
  kind: 'transposed',
  conv: createConvTranspose2d({ inChannels: 8, outChannels: 16, kernelSize: [3, 3], stride: [2, 2], ...change }),
});

describe('a copied layer', () => {
  it('is written as before where it is a convolution by itself', () => {
    const layer = layerOf('standard');
    for (const library of libraries)
      expect(written(layer, library, 'relu')).toEqual(writeLayer(layer.conv, 'relu', library));
  });

  it('is one call where a call can say it', () => {
    expect(written(layerOf('transposed'), 'pytorch').text).toBe(
      'nn.ConvTranspose2d(8, 16, kernel_size=4, stride=2, padding=1, output_padding=0, groups=1, dilation=1)',
    );
    expect(written(layerOf('transposed'), 'keras', 'relu').text).toBe(
      'keras.layers.Conv2DTranspose(16, kernel_size=4, strides=2, padding="same", dilation_rate=1, activation="relu")',
    );
    expect(written(layerOf('separable'), 'keras').text).toBe(
      'keras.layers.SeparableConv2D(16, kernel_size=3, strides=1, padding="same", dilation_rate=1, depth_multiplier=1)',
    );
    expect(written(layerOf('locally_connected'), 'flax').text).toBe(
      'x = nn.ConvLocal(features=16, kernel_size=(3, 3), strides=(1, 1), padding=[(1, 1), (1, 1)], kernel_dilation=(1, 1))(x)',
    );
  });

  it('is a depthwise layer and a convolution where something stands between them', () => {
    expect(
      written({ ...layerOf('separable'), between: 'relu' }, 'keras')
        .text.split('\n')
        .slice(1, 3),
    ).toEqual([
      '    keras.layers.DepthwiseConv2D(kernel_size=3, strides=1, padding="same", dilation_rate=1, depth_multiplier=1, activation="relu", use_bias=False),',
      '    keras.layers.Conv2D(16, kernel_size=1, strides=1, padding="valid", dilation_rate=1, groups=1),',
    ]);
    // |x| is a function in PyTorch: the modules are applied one by one.
    expect(written({ ...layerOf('separable'), between: 'abs' }, 'pytorch').text.split('\n')[1]).toBe(
      'x = torch.abs(x)',
    );
  });

  it('cuts the output of a transposed convolution where its padding cannot say it', () => {
    // Kernel 3 at stride 2, one row off in front and none behind: PyTorch's padding=1 with output_padding=1.
    const one = { top: 1, bottom: 1, left: 1, right: 1 };
    expect(written(transposed({ padding: one, outputPadding: [1, 1] }), 'keras').text.split('\n')[2]).toBe(
      '    keras.layers.Cropping2D(((1, 0), (1, 0))),',
    );
    expect(written(transposed({ padding: { ...one, top: 0, left: 0 } }), 'pytorch').text.split('\n')[2]).toBe(
      '    nn.ZeroPad2d((0, -1, 0, -1)),',
    );
    expect(written(transposed({ padding: one, outputPadding: [1, 1] }), 'flax').text).toContain(
      'padding=[(1, 2), (1, 2)]',
    );
  });

  it('names every tensor of an ONNX chain once', () => {
    for (const kind of ['separable', 'spatially_separable', 'shuffled', 'deformable'] as const) {
      const outputs = [...written(layerOf(kind), 'onnx', 'relu').text.matchAll(/\], \[("[^\]]*")\]/g)];
      const names = outputs.flatMap(([, list]) => (list ?? '').split(', '));
      expect(new Set(names).size).toBe(names.length);
    }
    const silu = writeLayerOfKind({ ...layerOf('separable'), between: 'silu' }, 'silu', 'onnx', inputSize).text;
    expect(silu).toContain('helper.make_node("Mul", ["middle", "middle_s"], ["activated"])');
    expect(silu).toContain('helper.make_node("Mul", ["z", "s"], ["y"])');
  });

  it('writes the sizes that a shuffle moves: those behind the first convolution', () => {
    const layer = layerOf('shuffled');
    // (12 + 2 - 3) / 2 + 1 = 6 rows, (10 + 2 - 3) / 2 + 1 = 5 columns, 8 channels in 4 groups.
    const strided: Layer = { ...layer, first: { ...layer.first, stride: [2, 2] } };
    expect(written(strided, 'keras').text).toContain('keras.layers.Reshape((6, 5, 4, 2)),');
    expect(written(strided, 'flax').text).toContain('jnp.reshape(x, (-1, 6, 5, 8))');
  });

  it('applies a deformable convolution of version 2 to offsets and a mask', () => {
    const layer = layerOf('deformable');
    const masked: Layer = {
      ...layer,
      conv: { ...layer.conv, hasMask: true },
      offsets: { ...layer.offsets, outChannels: 27 },
    };
    expect(written(masked, 'pytorch').text.split('\n').slice(2)).toEqual([
      'offset, mask = torch.split(offset_conv(x), [18, 9], dim=1)',
      'x = deform_conv(x, offset, torch.sigmoid(mask))',
    ]);
  });
});

describe('what a library cannot say', () => {
  const said = (layer: Layer, library: (typeof libraries)[number]) => {
    const { notes, lossless, text } = written(layer, library);
    return [notes.join(' '), lossless, text.split('\n')[0]];
  };

  it('is said in the copy, which is the nearest layer that the library has', () => {
    expect(said(layerOf('deformable'), 'keras')).toEqual([
      'no-deformable',
      false,
      '# Keras has no deformable convolution: this is the plain one that it is with all offsets 0.',
    ]);
    expect(said(layerOf('deformable'), 'flax')[0]).toBe('no-deformable');
    expect(said(layerOf('locally_connected'), 'onnx')).toEqual([
      'no-local',
      false,
      '# ONNX has no locally connected layer: this is the convolution, with one kernel for all positions.',
    ]);
    expect(said(transposed({ groups: 2 }), 'keras')[0]).toBe('keras-transposed-groups');
    expect(said(transposed({ groups: 2 }), 'flax')[0]).toBe('flax-transposed-groups');
    expect(said(transposed({ dilation: [2, 2] }), 'keras')[0]).toBe('keras-strided-dilation');
    expect(said(transposed({ stride: [1, 1], dilation: [3, 3], outputPadding: [2, 2] }), 'keras')[0]).toBe(
      'keras-output-padding',
    );
  });

  it('is also said where the copy loses nothing', () => {
    expect(said(layerOf('locally_connected'), 'keras')).toEqual([
      'keras-local',
      true,
      '# Keras 3 has no LocallyConnected2D any more: this is Keras 2.',
    ]);
    expect(said(layerOf('locally_connected'), 'pytorch').slice(0, 2)).toEqual(['pytorch-local', true]);
    const { local } = layerOf('locally_connected');
    expect(said({ kind: 'locally_connected', local: { ...local, dilation: [2, 2] } }, 'keras').slice(0, 2)).toEqual([
      'keras-local keras-local-dilation',
      false,
    ]);
  });
});
