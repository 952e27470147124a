import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferShapes } from '../../../graph/infer.ts';
import { layerNodes } from '../../../graph/layers/layerNodes.ts';
import type { Shape } from '../../../operators/operator.ts';
import { readLayerOfKind } from './readLayerOfKind.ts';

/** What stands in front of the layer in these tests: 8 maps of 12 rows and 10 columns. */
const context = { inputSize: [12, 10], inChannels: 8, outChannels: 16 } as const;

function read(text: string) {
  const result = readLayerOfKind(text, context);
  if (!result.ok) throw new Error(`${text}\n${result.error.message}`);
  return result.value;
}

function refused(text: string) {
  const result = readLayerOfKind(text, context);
  if (result.ok) throw new Error(`was read: ${text}`);
  return result.error;
}

/** Kind, library, the output's channels and size, and the activation behind it. */
function summary(text: string): string {
  const { layer, activation, library } = read(text);
  const shape: Shape = [1, context.inChannels, ...context.inputSize];
  const input = { id: 'input', operator: { kind: 'input', channels: shape[1] }, inputs: [] } as const;
  const nodes = [input, ...layerNodes(layer, 'a', { id: 'input', shape })];
  const shapes = inferShapes({ nodes }, { input: shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const [, channels, height, width] = shapes.value[nodes.at(-1)!.id]!;
  return `${library} ${layer.kind} → ${channels}x${height}x${width}${activation === 'none' ? '' : ` ${activation}`}`;
}

/** Crop [t, l, b, r] and output_padding of a transposed convolution. */
function cut(text: string) {
  const { layer } = read(text);
  if (layer.kind !== 'transposed') throw new Error(layer.kind);
  const { top, left, bottom, right } = layer.conv.padding;
  return [top, left, bottom, right, ...layer.conv.outputPadding].join(' ');
}

describe('PyTorch', () => {
  it.each([
    // (12 - 1) 2 - 2 + 4 = 24 and (10 - 1) 2 - 2 + 4 = 20
    ['nn.ConvTranspose2d(8, 16, 4, stride=2, padding=1)', 'pytorch transposed → 16x24x20'],
    [
      'nn.Sequential(nn.ConvTranspose2d(8, 4, 3, 2, 1, 1, 2, False, 1), nn.ReLU())',
      'pytorch transposed → 4x24x20 relu',
    ],
    [
      'nn.Sequential(nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.ReLU6(), nn.Conv2d(8, 16, 1))',
      'pytorch separable → 16x12x10',
    ],
    ['nn.Conv2d(8, 4, (3, 1))\nnn.Conv2d(4, 16, (1, 3))\nnn.GELU()', 'pytorch spatially_separable → 16x10x8 gelu'],
    [
      'nn.Sequential(nn.Conv2d(8, 8, 1, groups=4), nn.ChannelShuffle(4), nn.Conv2d(8, 16, 1, groups=4))',
      'pytorch shuffled → 16x12x10',
    ],
    ['nn.Flatten(), nn.Linear(960, 10), nn.Sigmoid()', 'pytorch linear → 10x1x1 sigmoid'],
    ['nn.Conv2d(8, 16, 3)', 'pytorch standard → 16x10x8'],
  ])('reads %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });

  it('reads a deformable convolution of both versions, as modules and as they are applied', () => {
    const alone = 'nn.Conv2d(8, 18, 3, padding=1)\nDeformConv2d(8, 16, 3, padding=1)';
    expect(read(alone).layer).toMatchObject({ conv: { hasMask: false, offsetGroups: 1 } });
    const masked = [
      'self.offset_conv = nn.Conv2d(8, 27, 3, padding=1)',
      'self.dcn = torchvision.ops.DeformConv2d(8, 16, 3, padding=1)',
      'o1, o2, mask = torch.chunk(self.offset_conv(x), 3, dim=1)',
      'offset = torch.cat((o1, o2), dim=1)',
      'mask = torch.sigmoid(mask)',
      'return self.dcn(x, offset, mask)',
    ].join('\n');
    expect(read(masked).layer).toMatchObject({
      conv: { hasMask: true, offsetGroups: 1 },
      offsets: { outChannels: 27 },
    });
    expect(read(masked).activation).toBe('none');
  });

  it('tells 3 offset groups from 2 with masks by whether a mask is given: 54 maps are both', () => {
    const modules = 'o = nn.Conv2d(12, 54, 3)\nd = DeformConv2d(12, 16, 3)\n';
    const layerOf = (applied: string) => {
      const result = readLayerOfKind(modules + applied, { ...context, inChannels: 12 });
      return result.ok ? result.value.layer : result.error;
    };
    expect(layerOf('d(x, o(x))')).toMatchObject({ conv: { offsetGroups: 3, hasMask: false } });
    expect(layerOf('d(x, offset, mask)')).toMatchObject({ conv: { offsetGroups: 2, hasMask: true } });
  });

  it('joins a convolution of offsets and one of masks', () => {
    const text = 'nn.Conv2d(8, 18, 3)\nnn.Conv2d(8, 9, 3)\nDeformConv2d(8, 16, 3)';
    expect(read(text).layer).toMatchObject({ offsets: { outChannels: 27 }, conv: { hasMask: true } });
  });

  it('reads unfold with a weight for each position as a locally connected layer', () => {
    const text =
      'weight = nn.Parameter(torch.empty(80, 4, 72))\nx = F.unfold(x, 3)\nx = torch.einsum("nkp,pok->nop", x, weight)';
    expect(summary(text)).toBe('pytorch locally_connected → 4x10x8');
    expect(read(text).layer).toMatchObject({ local: { inChannels: 8, bias: false } });
  });
});

describe('Keras', () => {
  it.each([
    ['Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")', 'keras transposed → 16x24x20 relu'],
    // (12 - 1) 2 + 3 = 25, (10 - 1) 2 + 3 = 21
    ['layers.Conv2DTranspose(16, 3, strides=2)', 'keras transposed → 16x25x21'],
    ['layers.Conv2DTranspose(16, 3, 2)\nlayers.Cropping2D(((1, 0), (1, 0)))', 'keras transposed → 16x24x20'],
    ['keras.layers.SeparableConv2D(16, 3, padding="same", activation="silu")', 'keras separable → 16x12x10 silu'],
    ['layers.DepthwiseConv2D(3)\nlayers.ReLU()\nlayers.Conv2D(16, 1)', 'keras separable → 16x10x8'],
    ['Conv2D(4, (3, 1), padding="same")\nConv2D(16, (1, 3), padding="same")', 'keras spatially_separable → 16x12x10'],
    [
      'Conv2D(8, 1, groups=2)\nReshape((12, 10, 2, 4))\nPermute((1, 2, 4, 3))\nReshape((12, 10, 8))\nConv2D(16, 1, groups=2)',
      'keras shuffled → 16x12x10',
    ],
    ['layers.Flatten()\nlayers.Dense(10, activation="tanh")', 'keras linear → 10x1x1 tanh'],
    ['layers.LocallyConnected2D(4, 3)', 'keras locally_connected → 4x10x8'],
  ])('reads %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });

  it('cuts the odd row behind for same, and writes it as PyTorch where PyTorch can say it', () => {
    // Kernel 3 at stride 2: 25 rows, of which the last goes. Kernel 4: one on each side. Kernel 2: nothing.
    expect(cut('Conv2DTranspose(16, 3, 2, "same")')).toBe('0 0 1 1 0 0');
    expect(cut('Conv2DTranspose(16, 4, 2, "same")')).toBe('1 1 1 1 0 0');
    expect(cut('Conv2DTranspose(16, 2, 2, "same")')).toBe('0 0 0 0 0 0');
    // Kernel 1 at stride 3: every input is followed by two rows of bias.
    expect(cut('Conv2DTranspose(16, 1, 3, "same")')).toBe('0 0 0 0 2 2');
    expect(cut('Conv2DTranspose(16, 3, 2)\nCropping2D(((1, 0), (1, 0)))')).toBe('1 1 1 1 1 1');
  });

  it('gives stride times the input for same, whatever the kernel', () => {
    const size = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(size, size, (kernel, stride) => {
        expect(summary(`Conv2DTranspose(2, ${kernel}, ${stride}, "same")`)).toBe(
          `keras transposed → 2x${12 * stride}x${10 * stride}`,
        );
        expect(cut(`Conv2DTranspose(2, ${kernel}, ${stride}, "same")`)).toBe(
          cut(`nn.ConvTranspose(2, (${kernel}, ${kernel}), (${stride}, ${stride}), "SAME")`),
        );
      }),
    );
  });
});

describe('Flax', () => {
  it.each([
    ['nn.ConvTranspose(16, (4, 4), strides=(2, 2))', 'flax transposed → 16x24x20'],
    [
      'nn.ConvTranspose(features=16, kernel_size=(3, 3), strides=(2, 2), padding="VALID")',
      'flax transposed → 16x25x21',
    ],
    [
      'x = nn.Conv(8, (3, 3), feature_group_count=8)(x)\nx = nn.relu(x)\nx = nn.Conv(16, (1, 1))(x)',
      'flax separable → 16x12x10',
    ],
    ['x = nn.Conv(4, (3, 1))(x)\nx = nn.Conv(16, (1, 3))(x)', 'flax spatially_separable → 16x12x10'],
    [
      'x = nn.Conv(8, (1, 1), feature_group_count=2)(x)\nx = jnp.reshape(x, (-1, 12, 10, 2, 4))\nx = jnp.transpose(x, (0, 1, 2, 4, 3))\nx = jnp.reshape(x, (-1, 12, 10, 8))\nx = nn.Conv(8, (1, 1), feature_group_count=2)(x)',
      'flax shuffled → 8x12x10',
    ],
    ['x = x.reshape((x.shape[0], -1))\nx = nn.Dense(10)(x)\nx = nn.relu(x)', 'flax linear → 10x1x1 relu'],
    ['nnx.Linear(960, 10, rngs=rngs)', 'flax linear → 10x1x1'],
    ['nn.ConvLocal(features=4, kernel_size=(3, 3), padding="VALID")', 'flax locally_connected → 4x10x8'],
  ])('reads %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });

  it('pads the stretched input: effective kernel - 1 less each pair is the crop', () => {
    expect(cut('nn.ConvTranspose(4, (4, 4), (2, 2), padding=[(2, 2), (3, 1)])')).toBe('1 0 1 2 0 0');
    expect(cut('nn.ConvTranspose(4, (3, 3), (2, 2), padding=[(1, 2), (1, 2)])')).toBe('1 1 1 1 1 1');
  });
});

describe('ONNX', () => {
  const node = (...parts: readonly string[]) => `helper.make_node(${parts.join(', ')})`;
  const shape = (name: string, sizes: string) =>
    `helper.make_tensor_value_info("${name}", TensorProto.FLOAT, [${sizes}])`;

  it.each([
    [
      'ConvTranspose[kernel_shape = [4, 4], strides = [2, 2], pads = [1, 1, 1, 1]](%x, %w, %b)',
      'onnx transposed → 16x24x20',
    ],
    [
      `${shape('w', '8, 4, 3, 3')}\n${node('"ConvTranspose"', '["x", "w"]', '["y"]', 'strides=[2, 2]', 'auto_pad="SAME_UPPER"')}`,
      'onnx transposed → 4x24x20',
    ],
    [
      `${shape('a', '8, 1, 3, 3')}\n${shape('b', '16, 8, 1, 1')}\n${node('"Conv"', '["x", "a"]', '["m"]', 'group=8')}\n${node('"Relu"', '["m"]', '["r"]')}\n${node('"Conv"', '["r", "b"]', '["y"]')}`,
      'onnx separable → 16x10x8',
    ],
    [`${shape('w', '10, 960')}\n${node('"Gemm"', '["f", "w", "b"]', '["y"]', 'transB=1')}`, 'onnx linear → 10x1x1'],
    [
      `${shape('o', '18, 8, 3, 3')}\n${shape('w', '16, 8, 3, 3')}\n${node('"Conv"', '["x", "o"]', '["offset"]')}\n${node('"DeformConv"', '["x", "w", "offset"]', '["y"]')}`,
      'onnx deformable → 16x10x8',
    ],
  ])('reads %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });
});

describe('refusals', () => {
  it("are in the library's words", () => {
    const said = (text: string) => [refused(text).message, refused(text).isOurs];
    expect(said('nn.ConvTranspose2d(8, 16)')).toEqual([
      "ConvTranspose2d.__init__() missing 1 required positional argument: 'kernel_size'",
      false,
    ]);
    expect(said('nn.ConvTranspose2d(8, 16, 3, stride=2, output_padding=2)')[0]).toMatch(
      /^output padding must be smaller than either stride or dilation/,
    );
    expect(said("nn.ConvTranspose2d(8, 16, 3, padding_mode='reflect')")).toEqual([
      'Only "zeros" padding mode is supported for ConvTranspose2d',
      false,
    ]);
    expect(said('nn.ConvTranspose2d(4, 16, 3)')[0]).toBe(
      'Given transposed=1, weight of size [4, 16, 3, 3], expected input[1, 8, 12, 10] to have 4 channels, but got 8 channels instead',
    );
    expect(said('Conv2DTranspose(16, 3, strides=2, output_padding=2)')[0]).toBe(
      '`output_padding` must be < `strides`. output_padding=(2, 2), strides=(2, 2)',
    );
    expect(said('SeparableConv2D(16, 3, foo=1)')[0]).toBe(
      "Unrecognized keyword arguments passed to SeparableConv2D: {'foo': 1}",
    );
    expect(said('nn.ConvTranspose(16, (3, 3), foo=1)')[0]).toBe(
      "ConvTranspose.__init__() got an unexpected keyword argument 'foo'",
    );
    expect(said('nn.ConvLocal(16, (3, 3), feature_group_count=2)')[0]).toBe(
      '`lax.conv_general_dilated_local` does not support `feature_group_count != 1`, got `2`.',
    );
    expect(said('nn.Flatten(), nn.Linear(100, 10)')[0]).toBe(
      'mat1 and mat2 shapes cannot be multiplied (1x960 and 100x10)',
    );
    expect(said('nn.Conv2d(8, 20, 3)\nDeformConv2d(8, 16, 3)')[0]).toBe(
      'offset.shape[1] is not valid: got: 20 expected: 18',
    );
    expect(said('LocallyConnected2D(4, 3, padding="same")')[0]).toBe(
      'Invalid border mode for LocallyConnected2D (only "valid" is supported if implementation is 1): same',
    );
  });

  it('are ours where no library has a sentence', () => {
    const why = (text: string) => {
      const { code, isOurs } = refused(text);
      return [code, isOurs];
    };
    expect(why('nn.Conv2d(8, 8, 3)\nnn.Conv2d(8, 8, 3)')).toEqual(['other-chain', true]);
    expect(why('DeformConv2d(8, 16, 3)')).toEqual(['no-offsets', true]);
    expect(why('nn.Conv2d(8, 4, (3, 1))\nnn.ReLU()\nnn.Conv2d(4, 8, (1, 3))')).toEqual(['activation-between', true]);
    expect(why('nn.Conv2d(8, 8, 1, groups=4)\nnn.ChannelShuffle(2)\nnn.Conv2d(8, 8, 1)')).toEqual([
      'shuffle-groups-differ',
      true,
    ]);
    expect(why('nn.ConvTranspose(4, (3, 3), padding=[(3, 2), (2, 2)])')).toEqual(['transposed-padding', true]);
    expect(why('nn.ConvTranspose(4, (3, 3), padding="CIRCULAR")')).toEqual(['transposed-circular', true]);
    expect(why('nn.ReflectionPad2d(1)\nnn.ConvTranspose2d(8, 4, 3)')).toEqual(['order', true]);
    expect(why('Gemm[alpha = 2](%x, %w)')).toEqual(['gemm-scaled', true]);
    expect(why('nn.Linear(960, 10)\nnn.BatchNorm2d(10)')).toEqual(['other-layer', true]);
    expect(why('Conv2D(8, 1)\nReshape((12, 10, 3, 2))\nConv2D(8, 1)')).toEqual(['other-layer', true]);
    expect(
      why('Conv[kernel_shape = [3, 3]](%x, %w)\nDeformConv[kernel_shape = [3, 3], offset_group = 2](%x, %v, %o)'),
    ).toEqual(['offset-channels', false]);
    expect(why('hello')).toEqual(['no-convolution', true]);
  });

  it('offer the activation that is near, with the whole layer', () => {
    const { code, suggestion } = refused('nn.ConvTranspose2d(8, 16, 3)\nnn.LeakyReLU(0.2)');
    expect([code, suggestion?.code]).toEqual(['activation-variant', 'nearest-activation']);
    expect(suggestion?.reading).toMatchObject({ layer: { kind: 'transposed' }, activation: 'leaky_relu' });
  });

  it("are Explore's for a convolution by itself, with its offers", () => {
    const { code, suggestion } = refused('nn.Conv2d(8, 16, 17, padding=8)');
    expect([code, suggestion?.reading.layer.kind]).toEqual(['beyond-range', 'standard']);
  });
});

describe('any text', () => {
  it('is read or refused, never thrown', () => {
    const words = fc.constantFrom(
      ...['nn.ConvTranspose2d', 'DeformConv2d', 'nn.Conv2d', 'Dense', 'nn.Linear', 'ConvLocal', 'F.unfold', 'Reshape'],
      ...[
        'make_node',
        '"Gemm"',
        '"Reshape"',
        '"DeformConv"',
        'Permute',
        'Cropping2D',
        'ChannelShuffle',
        'SeparableConv2D',
      ],
      ...['(', ')', '[', ']', ',', '=', '3', '0', '-1', "'same'", 'constructor', '\n', 'None', 'kernel_size', 'x'],
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 24 }),
        (parts) => typeof readLayerOfKind(parts.join(' '), context).ok === 'boolean',
      ),
      { numRuns: 1000 },
    );
    const number = fc.integer({ min: -2, max: 5 });
    const names = fc.constantFrom(
      'nn.Conv2d',
      'nn.ConvTranspose2d',
      'DeformConv2d',
      'nn.Linear',
      'nn.ChannelShuffle',
      'Dense',
    );
    const call = fc
      .tuple(names, fc.array(number, { maxLength: 8 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`);
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 4 }),
        (calls) => typeof readLayerOfKind(calls.join('\n'), context).ok === 'boolean',
      ),
      { numRuns: 1000 },
    );
  });
});
