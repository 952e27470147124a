import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActivationName, activationNames } from '../../operators/activation/attributes.ts';
import { type Conv2d, paddingModes } from '../../operators/conv2d/attributes.ts';
import { libraries } from '../../operators/conv2d/code/code.ts';
import { inputError } from '../../operators/conv2d/errors.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import { looksLikeLayer } from './looksLikeLayer.ts';
import { readLayer } from './readLayer.ts';
import { writeLayer } from './writeLayer.ts';

const context = { inputSize: [32, 32], inChannels: 3, outChannels: 8 } as const;

function read(text: string) {
  const result = readLayer(text, context);
  if (!result.ok) throw new Error(`${text}\n${result.error.message}`);
  return result.value;
}

function refused(text: string) {
  const result = readLayer(text, context);
  if (result.ok) throw new Error(`was read: ${text}`);
  return result.error;
}

/** The layer in few words: in→out, kernel, stride, padding [t, l, b, r], dilation, groups, and what is not the default. */
function summary(text: string): string {
  const { conv, activation } = read(text);
  const { top, left, bottom, right } = resolvePadding(conv);
  return [
    `${conv.inChannels}→${conv.outChannels}`,
    `k${conv.kernelSize.join('x')}`,
    `s${conv.stride.join('x')}`,
    `p${[top, left, bottom, right].join(',')}`,
    `d${conv.dilation.join('x')}`,
    `g${conv.groups}`,
    ...(conv.bias ? [] : ['no bias']),
    ...(conv.paddingMode === 'zeros' ? [] : [conv.paddingMode]),
    ...(activation === 'none' ? [] : [activation]),
  ].join(' ');
}

describe('PyTorch', () => {
  it('reads the call as people write it', () => {
    expect(summary('nn.Conv2d(3, 16, 5, stride=2, padding=2)')).toBe('3→16 k5x5 s2x2 p2,2,2,2 d1x1 g1');
    expect(summary("self.conv = torch.nn.Conv2d(3, 6, (1, 7), 1, (0, 3), 1, 3, False, 'circular')")).toBe(
      '3→6 k1x7 s1x1 p0,3,0,3 d1x1 g3 no bias circular',
    );
    expect(summary("nn.Conv2d(1, 4, 4, padding='same')")).toBe('1→4 k4x4 s1x1 p1,1,2,2 d1x1 g1');
  });

  it('reads what it prints, and a padding module in front', () => {
    expect(
      summary(
        'Sequential(\n  (0): ReflectionPad2d((1, 2, 3, 4))\n  (1): Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1))\n  (2): LeakyReLU(negative_slope=0.01)\n)',
      ),
    ).toBe('3→8 k3x3 s1x1 p3,1,4,2 d1x1 g1 reflect leaky_relu');
    expect(summary("x = F.pad(x, (1, 1, 2, 2), mode='circular')\nx = nn.Conv2d(3, 8, 3)(x)\nx = torch.abs(x)")).toBe(
      '3→8 k3x3 s1x1 p2,1,2,1 d1x1 g1 circular abs',
    );
    expect(summary('nn.ZeroPad2d(1)\nnn.Conv2d(3, 8, 3, padding=(1, 0))')).toBe('3→8 k3x3 s1x1 p2,1,2,1 d1x1 g1');
  });

  it("refuses 'same' with a stride, and offers TensorFlow's SAME", () => {
    const error = refused("nn.Conv2d(3, 8, 3, stride=2, padding='same')");
    expect(error.message).toBe("padding='same' is not supported for strided convolutions");
    expect(error.suggestion?.code).toBe('tensorflow-same');
    // 32 at stride 2 with kernel 3: 16 outputs reach 33 pixels, one more than there are: it stands behind.
    expect(error.suggestion?.layer.conv.padding).toEqual({ top: 0, bottom: 1, left: 0, right: 1 });
  });

  it("refuses in PyTorch's words", () => {
    const said = (text: string) => refused(text).message;
    expect(said('nn.Conv2d(3, 16)')).toBe("Conv2d.__init__() missing 1 required positional argument: 'kernel_size'");
    expect(said('nn.Conv2d(3, 16, 5, foo=1)')).toBe("Conv2d.__init__() got an unexpected keyword argument 'foo'");
    expect(said('nn.Conv2d(3, 16, 5, groups=2)')).toBe('in_channels must be divisible by groups');
    expect(said('nn.Conv2d(3, 16, 5, groups=3)')).toBe('out_channels must be divisible by groups');
    expect(said("nn.Conv2d(3, 16, 5, padding='full')")).toBe(
      "Invalid padding string 'full', should be one of {'same', 'valid'}",
    );
    expect(said('nn.Conv2d(3, 16, 33)')).toBe(
      "Calculated padded input size per channel: (32 x 32). Kernel size: (33 x 33). Kernel size can't be greater than actual input size",
    );
    expect(said('nn.Conv2d(3, 16, 2.5)')).toBe('kernel_size must be int or a pair of ints, but got 2.5');
    expect(said('nn.Conv2d(3, 16')).toBe("SyntaxError: '(' was never closed (line 1, column 10)");
  });

  it('offers a layer from the middle of a network on the channels of the picture', () => {
    const error = refused('nn.Conv2d(64, 128, 3, groups=64)');
    expect(error.message).toBe(
      'Given groups=64, weight of size [128, 1, 3, 3], expected input[1, 3, 32, 32] to have 64 channels, but got 3 channels instead',
    );
    expect(error.suggestion?.code).toBe('picture-channels');
    expect(error.suggestion?.layer.conv).toMatchObject({ inChannels: 3, outChannels: 6, groups: 3 });
  });

  it('refuses values that Explore cannot show, with the range, and offers the nearest', () => {
    const instead = (text: string) => {
      const { code, message, suggestion } = refused(text);
      expect([code, suggestion?.code]).toEqual(['beyond-range', 'nearest-values']);
      return [message, ...(suggestion?.moved ?? []).map(({ attribute, to }) => `${attribute}=${to}`)];
    };
    expect(instead('nn.Conv2d(3, 16, 17)')).toEqual([
      "beyond Explore's range: kernel_size=17 (1–15)",
      'kernel_size=15',
    ]);
    expect(instead('nn.Conv2d(3, 512, 3, stride=9)')).toEqual([
      "beyond Explore's range: stride=9 (1–8), out_channels=512 (1–64)",
      'out_channels=64',
      'stride=8',
    ]);
    expect(instead('nn.Conv2d(3, 66, 3, padding=60, groups=3)')).toEqual([
      "beyond Explore's range: padding=60 (0–15), out_channels=66 (1–64)",
      'out_channels=63',
      'padding=15',
    ]);
    expect(instead('nn.Conv2d(3, 16, 3, dilation=9)')).toEqual([
      "beyond Explore's range: dilation=9 (1–8)",
      'dilation=8',
    ]);
    expect(instead('Conv2D(80, 3, strides=9)')[0]).toBe("beyond Explore's range: strides=9 (1–8), filters=80 (1–64)");
    expect(instead('kernel_shape: 17, 3')[0]).toBe("beyond Explore's range: kernel_shape=17 (1–15)");
    // Every output that overlaps the photo at all: 4 x (15 - 1).
    expect(read('nn.Conv2d(3, 16, 15, dilation=4, padding=56)').conv.padding).toMatchObject({ top: 56, left: 56 });
  });

  it('names what the offered layer has to change beside what it is offered for', () => {
    const { suggestion } = refused('nn.Conv2d(64, 128, 3)');
    expect(suggestion?.layer.conv).toMatchObject({ inChannels: 3, outChannels: 64 });
    expect(suggestion?.moved).toEqual([{ attribute: 'out_channels', from: '128', to: '64' }]);
  });

  it('reads a call without an activation as a layer without one, in every library', () => {
    const texts = ['nn.Conv2d(3, 8, 3)', 'Conv2D(8, 3)', 'nn.Conv(8, (3, 3))', 'kernel_shape: 3, 3'];
    expect(texts.map((text) => read(text).activation)).toEqual(['none', 'none', 'none', 'none']);
  });

  it('says what is wrong with the text, and where', () => {
    const why = (text: string) => {
      const { code, values } = refused(text);
      return [code, values.sign ?? values.meant, values.column];
    };
    expect(why('nn.Conv2d(3, 16, (3, 3)')).toEqual(['syntax-unclosed', '(', 10]);
    expect(why('nn.Conv2d(3, 16, 3))')).toEqual(['syntax-unmatched', ')', 20]);
    expect(why('nn.Conv2d(3, 16, (3, 3]')).toEqual(['syntax-unmatched', ']', 23]);
    expect(why("nn.Conv2d(3, 16, 3, padding='same)")).toEqual(['syntax-quote', "'", 29]);
    expect(why('nn.Conv2d(3, 16, 3 $)')).toEqual(['syntax-character', '$', 20]);
    expect(why('nn.Conv2d(3, 16 5)')).toEqual(['syntax-comma', '5', 17]);
    expect(why('nn.Conv2d(3, 16, 3) hello')).toEqual(['syntax-text-after', 'hello', 21]);
    expect(why('nn.Conv2d(3, 16, 3, strid=2)')).toEqual(['misspelt-argument', 'stride', undefined]);
    expect(why('Conv2D(16, 3, stride=2)')).toEqual(['misspelt-argument', 'strides', undefined]);
    expect(why('nn.Conv2d(3, 16, 3, foo=2)')).toEqual(['unexpected-argument', undefined, undefined]);
  });

  it('refuses what is no convolution layer, by name', () => {
    expect(refused('nn.Conv1d(3, 16, 5)').message).toBe('nn.Conv1d is not a 2-D convolution layer');
    expect(refused('nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))').message).toBe(
      'nn.BatchNorm2d is not part of a convolution layer',
    );
    expect(refused('nn.Conv2d(3, 8, 3)\nnn.Conv2d(8, 8, 3)').code).toBe('two-convolutions');
    expect(refused('nn.Conv2d(3, 8, 3)\nnn.ELU()').code).toBe('unknown-activation');
    expect(refused('hello')).toMatchObject({ code: 'no-convolution', isOurs: true });
    expect(refused('nn.ConvTranspose2d(3, 8, 3)')).toMatchObject({
      code: 'other-convolution',
      isOurs: true,
      values: { name: 'nn.ConvTranspose2d' },
    });
    expect(refused('nn.Conv2d(3, 16, 5, groups=2)')).toMatchObject({ isOurs: false });
  });
});

describe('Keras', () => {
  it('reads a layer with its activation; SAME depends on the size of the input', () => {
    expect(summary('layers.Conv2D(16, 3, activation="relu")')).toBe('3→16 k3x3 s1x1 p0,0,0,0 d1x1 g1 relu');
    expect(summary("keras.layers.Conv2D(16, (3, 3), strides=2, padding='same', use_bias=False)")).toBe(
      '3→16 k3x3 s2x2 p0,0,1,1 d1x1 g1 no bias',
    );
    expect(summary("Conv2D(8, 5, padding='same', input_shape=(28, 28, 1))")).toBe('1→8 k5x5 s1x1 p2,2,2,2 d1x1 g1');
    expect(summary('layers.DepthwiseConv2D(3, depth_multiplier=2)')).toBe('3→6 k3x3 s1x1 p0,0,0,0 d1x1 g3');
  });

  it('reads a model around it', () => {
    const model =
      'keras.Sequential([\n  keras.Input(shape=(28, 28, 1)),\n  layers.ZeroPadding2D(((0, 1), (2, 3))),\n  layers.Conv2D(4, 3),\n  layers.Activation("silu"),\n])';
    expect(summary(model)).toBe('1→4 k3x3 s1x1 p0,2,1,3 d1x1 g1 silu');
  });

  it("refuses in Keras's words", () => {
    expect(refused('Conv2D(16, 3, stride=2)').message).toBe(
      "Unrecognized keyword arguments passed to Conv2D: {'stride': 2}",
    );
    expect(refused('Conv2D(16, 3, strides=2, dilation_rate=2)').message).toContain(
      '`strides > 1` not supported in conjunction with `dilation_rate > 1`',
    );
    expect(refused('Conv2D(16, 3, groups=3)').message).toBe(
      'The number of filters must be evenly divisible by the number of groups. Received: groups=3, filters=16.',
    );
  });

  it('offers the activation that it has for one that is near', () => {
    const error = refused("Conv2D(16, 3, activation='leaky_relu')");
    expect(error.message).toBe('LeakyReLU(negative_slope=0.2) is not offered');
    expect(error.suggestion?.code).toBe('nearest-activation');
    expect(error.suggestion?.layer.activation).toBe('leaky_relu');
  });
});

describe('Flax', () => {
  it("reads nn.Conv; its padding is 'SAME' unless it says otherwise", () => {
    expect(summary('nn.Conv(features=16, kernel_size=(3, 3))')).toBe('3→16 k3x3 s1x1 p1,1,1,1 d1x1 g1');
    expect(summary('nn.Conv(16, (3, 3), strides=(2, 2), padding=[(1, 0), (2, 3)], kernel_dilation=2)(x)')).toBe(
      '3→16 k3x3 s2x2 p1,2,0,3 d2x2 g1',
    );
    expect(summary("nn.Conv(features=16, kernel_size=(4, 4), padding='CIRCULAR')")).toBe(
      '3→16 k4x4 s1x1 p1,1,2,2 d1x1 g1 circular',
    );
    expect(summary('nnx.Conv(1, 8, kernel_size=(3, 3), padding="VALID", rngs=rngs)')).toBe(
      '1→8 k3x3 s1x1 p0,0,0,0 d1x1 g1',
    );
  });

  it('reads jnp.pad in front and a function behind', () => {
    const text =
      "x = jnp.pad(x, ((0, 0), (1, 1), (2, 2), (0, 0)), mode='edge')\nx = nn.Conv(8, (3, 3), padding='VALID')(x)\nx = nn.gelu(x, approximate=False)";
    expect(summary(text)).toBe('3→8 k3x3 s1x1 p1,2,1,2 d1x1 g1 replicate gelu');
  });
});

describe('Flax refuses', () => {
  it('groups that do not divide, in its words and in those of JAX', () => {
    expect(refused('nn.Conv(9, (3, 3), feature_group_count=2)').message).toBe(
      'AssertionError: in_features % feature_group_count == 0 (3 % 2)',
    );
    expect(refused('nn.Conv(8, (3, 3), feature_group_count=3)').message).toBe(
      'conv_general_dilated rhs output feature dimension size must be a multiple of feature_group_count, but 8 is not a multiple of 3.',
    );
    expect(refused('nn.Conv(8, (3, 3), foo=3)').message).toBe(
      "Conv.__init__() got an unexpected keyword argument 'foo'",
    );
  });
});

describe('ONNX', () => {
  it('reads a node made, a node printed, and bare attributes', () => {
    expect(
      summary(
        'onnx.helper.make_node("Conv", inputs=["x", "w"], outputs=["y"], kernel_shape=[3, 5], strides=[2, 1], pads=[1, 2, 3, 4])',
      ),
    ).toBe('3→8 k3x5 s2x1 p1,2,3,4 d1x1 g1 no bias');
    expect(
      summary('%y = Conv[dilations = [2, 2], group = 1, kernel_shape = [3, 3], pads = [1, 1, 1, 1]](%x, %w, %b)'),
    ).toBe('3→8 k3x3 s1x1 p1,1,1,1 d2x2 g1');
    expect(summary('kernel_shape: 3, 3\nstrides: 2, 2\nauto_pad: SAME_LOWER')).toBe('3→8 k3x3 s2x2 p1,1,0,0 d1x1 g1');
  });

  it('refuses an attribute that Conv does not have', () => {
    expect(refused('helper.make_node("Conv", ["x", "w"], ["y"], kernel_shape=[3, 3], padding=1)').message).toBe(
      'Unrecognized attribute: padding for operator Conv',
    );
  });
});

describe('every copied text', () => {
  const pairs = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
  const side = fc.integer({ min: 0, max: 5 });
  const padding = fc.oneof(
    fc.constantFrom('same', 'valid', 'full' as const),
    fc.record({ top: side, bottom: side, left: side, right: side }),
    fc.tuple(side, side).map(([h, w]) => ({ top: h, bottom: h, left: w, right: w })),
  );
  const layers: fc.Arbitrary<Conv2d> = fc
    .record({
      perGroup: fc.integer({ min: 1, max: 2 }),
      outPerGroup: fc.integer({ min: 1, max: 3 }),
      groups: fc.integer({ min: 1, max: 2 }),
      kernelSize: pairs(5),
      stride: pairs(3),
      dilation: pairs(2),
      padding,
      bias: fc.boolean(),
      paddingMode: fc.constantFrom(...paddingModes),
    })
    .map(({ perGroup, outPerGroup, groups, ...rest }): Conv2d => {
      const isStrided = rest.stride.some((s) => s !== 1);
      const fitted = rest.padding === 'same' && isStrided ? 'valid' : rest.padding;
      return {
        kind: 'conv2d',
        inChannels: perGroup * groups,
        outChannels: outPerGroup * groups,
        groups,
        ...rest,
        padding: fitted,
      };
    })
    .filter((conv) => inputError(conv, [1, conv.inChannels, 32, 32]) === null);

  /** Padding in numbers; a mode that pads nothing means nothing. */
  function canonical(conv: Conv2d): Conv2d {
    const numbers = resolvePadding(conv);
    const padsNothing = Object.values(numbers).every((each: number) => each === 0);
    return { ...conv, padding: numbers, paddingMode: padsNothing ? 'zeros' : conv.paddingMode };
  }

  it('reads back to the same layer, in each library that can say it', () => {
    fc.assert(
      fc.property(
        layers,
        fc.constantFrom(...activationNames),
        fc.constantFrom(...libraries),
        (conv, activation, library) => {
          const { text, lossless } = writeLayer(conv, activation, library);
          if (!lossless) return;
          const result = readLayer(text, { inputSize: [32, 32], inChannels: conv.inChannels, outChannels: 99 });
          if (!result.ok) throw new Error(`${text}\n${result.error.message}`);
          expect(canonical(result.value.conv)).toEqual(canonical(conv));
          expect(result.value.activation).toBe(activation);
          expect(result.value.library).toBe(library);
          expect(looksLikeLayer(text)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  const conv: Conv2d = {
    kind: 'conv2d',
    inChannels: 3,
    outChannels: 9,
    kernelSize: [3, 3],
    stride: [1, 1],
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
    dilation: [1, 1],
    groups: 1,
    bias: true,
    paddingMode: 'zeros',
  };
  const written = (change: Partial<Conv2d>, activation: ActivationName, library: (typeof libraries)[number]) =>
    writeLayer({ ...conv, ...change }, activation, library).text;

  it('is one call where a call can say it', () => {
    expect(written({}, 'none', 'pytorch')).toBe(
      "nn.Conv2d(3, 9, kernel_size=3, stride=1, padding=1, dilation=1, groups=1, padding_mode='zeros')",
    );
    expect(written({}, 'relu', 'keras')).toBe(
      'keras.layers.Conv2D(9, kernel_size=3, strides=1, padding="same", dilation_rate=1, groups=1, activation="relu")',
    );
    expect(written({ stride: [2, 2] }, 'none', 'flax')).toBe(
      'nn.Conv(features=9, kernel_size=(3, 3), strides=(2, 2), padding=[(1, 1), (1, 1)], kernel_dilation=(1, 1), feature_group_count=1)',
    );
  });

  it('begins with a padding layer where the call cannot say the padding', () => {
    const asymmetric = { padding: { top: 0, bottom: 1, left: 0, right: 1 }, paddingMode: 'reflect' } as const;
    expect(written(asymmetric, 'relu', 'pytorch')).toBe(
      'nn.Sequential(\n    nn.ReflectionPad2d((0, 1, 0, 1)),\n    nn.Conv2d(3, 9, kernel_size=3, stride=1, padding=0, dilation=1, groups=1),\n    nn.ReLU(),\n)',
    );
    expect(written(asymmetric, 'none', 'flax').split('\n')[0]).toBe(
      'x = jnp.pad(x, [(0, 0), (0, 1), (0, 1), (0, 0)], mode="reflect")',
    );
  });

  it('says so where the library cannot express the layer', () => {
    const circular = writeLayer({ ...conv, paddingMode: 'circular' }, 'none', 'keras');
    expect([circular.lossless, circular.notes]).toEqual([false, ['keras-padding-mode']]);
    expect(circular.text.split('\n')[0]).toBe(
      "# Keras has no layer for padding_mode='circular': the border here is zeros instead.",
    );
    const both = writeLayer({ ...conv, paddingMode: 'reflect', stride: [2, 2], dilation: [2, 2] }, 'none', 'keras');
    expect(both.notes).toEqual(['keras-strided-dilation', 'keras-padding-mode']);
    expect(both.text.split('\n').filter((line) => line.startsWith('# Keras'))).toHaveLength(2);
  });
});

describe('any text', () => {
  it('is read or refused, never thrown', () => {
    const words = fc.constantFrom(
      'nn.Conv2d',
      'Conv2D',
      'nn.Conv',
      'make_node',
      'kernel_shape',
      '(',
      ')',
      '[',
      ']',
      ',',
      '=',
      '3',
      "'same'",
      'constructor',
      'toString',
      'padding',
      '\n',
      '"Conv"',
      'None',
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 20 }),
        (parts) => typeof readLayer(parts.join(' '), context).ok === 'boolean',
      ),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.string(), (text) => typeof readLayer(text, context).ok === 'boolean'));
  });
});
