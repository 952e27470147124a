import { describe, expect, it } from 'vitest';
import { hasTestData, readOnnxCase, testDataFolder } from '../../tests/support/onnxCase.ts';
import { activationArithmetic } from './activation/arithmetic.ts';
import { conv2dArithmetic } from './conv2d/arithmetic.ts';
import type { Conv2d } from './conv2d/attributes.ts';
import { conv2d } from './conv2d/index.ts';
import type { Shape } from './operator.ts';
import { tensorflowSame } from './window.ts';

const convolutions = [
  'test_Conv2d',
  'test_Conv2d_depthwise',
  'test_Conv2d_depthwise_padded',
  'test_Conv2d_depthwise_strided',
  'test_Conv2d_groups',
  'test_Conv2d_strided',
  'test_basic_conv_with_padding',
  'test_basic_conv_without_padding',
  'test_conv_with_autopad_same',
];

const activations = [
  ['test_ReLU', 'relu'],
  ['test_LeakyReLU', 'leaky_relu'],
  ['test_Sigmoid', 'sigmoid'],
  ['test_Tanh', 'tanh'],
  ['test_sigmoid', 'sigmoid'],
  ['test_sigmoid_example', 'sigmoid'],
  ['test_tanh', 'tanh'],
  ['test_gelu_default_1', 'gelu'],
  ['test_gelu_default_2', 'gelu'],
] as const;

type Attributes = ReturnType<typeof readOnnxCase>['attributes'];

/** The layer that an ONNX Conv node with these attributes and tensors is. */
function layerOf(attributes: Attributes, input: Shape, weight: readonly number[], bias: boolean): Conv2d {
  const list = (name: string, fallback: readonly number[]) => {
    const value = attributes[name];
    return typeof value === 'object' ? value : fallback;
  };
  const [outChannels = 0, slices = 0, kh = 0, kw = 0] = weight;
  const groups = typeof attributes.group === 'number' ? attributes.group : 1;
  const [sh = 1, sw = 1] = list('strides', [1, 1]);
  const [dh = 1, dw = 1] = list('dilations', [1, 1]);
  let [top = 0, left = 0, bottom = 0, right = 0] = list('pads', [0, 0, 0, 0]);
  if (attributes.auto_pad === 'SAME_LOWER') {
    // The larger half in front: TensorFlow's SAME turned round.
    const rows = tensorflowSame({ input: input[2], kernel: kh, stride: sh, dilation: dh });
    const columns = tensorflowSame({ input: input[3], kernel: kw, stride: sw, dilation: dw });
    [top, bottom, left, right] = [rows.after, rows.before, columns.after, columns.before];
  }
  return {
    kind: 'conv2d',
    inChannels: slices * groups,
    outChannels,
    kernelSize: [kh, kw],
    stride: [sh, sw],
    padding: { top, bottom, left, right },
    dilation: [dh, dw],
    groups,
    bias,
    paddingMode: 'zeros',
  };
}

describe.skipIf(!hasTestData)(`the ONNX backend test cases (in ${testDataFolder}; CONVSCOPE_TEST_DATA)`, () => {
  it.each(convolutions)('%s', (name) => {
    const { operator, attributes, inputs, output } = readOnnxCase(name);
    expect(operator).toBe('Conv');
    const [x, weight, bias] = inputs;
    const shape = x!.shape as unknown as Shape;
    const conv = layerOf(attributes, shape, weight!.shape, bias !== undefined);
    expect(conv2d.outputShape(conv, [shape])).toEqual({ ok: true, value: output.shape });
    const input = { shape, values: x!.values };
    const parameters = { weight: weight!.values, bias: bias?.values ?? null };
    const { magnitude, output: reference } = conv2dArithmetic.reference(conv, [input], parameters);
    const computed = conv2dArithmetic.compute(conv, [input], parameters);
    output.values.forEach((expected, i) => {
      const bound = 1e-5 * (1 + magnitude[i]!);
      expect(Math.abs(reference.values[i]! - expected)).toBeLessThanOrEqual(bound);
      expect(Math.abs(computed.values[i]! - expected)).toBeLessThanOrEqual(bound);
    });
  });

  it.each(activations)('%s is %s', (name, formula) => {
    const { inputs, output } = readOnnxCase(name);
    const values = inputs[0]!.values;
    const input = { shape: [1, 1, 1, values.length] as const, values };
    const computed = activationArithmetic.compute({ kind: 'activation', function: formula }, [input], null).values;
    output.values.forEach((expected, i) => {
      expect(Math.abs(computed[i]! - expected)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(expected)));
    });
  });
});
