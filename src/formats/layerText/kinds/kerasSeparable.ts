/**
 * `keras.layers.SeparableConv2D` and `DepthwiseConv2D`. The separable one is a depthwise convolution without bias and a pointwise one
 * with nothing between; the other ones are two layers. Both have one stride for both axes.
 */
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { kerasArgument, kerasLayer } from '../../../operators/activation/code.ts';
import { bindArguments } from '../../../operators/callArguments.ts';
import type { Call, Value } from '../../../operators/callSyntax.ts';
import { isNone, pairText } from '../../../operators/codeText.ts';
import { type CodeContext, need } from '../../../operators/codeValues.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { CopyNote } from '../../../operators/conv2d/code/code.ts';
import { readKeras, writeKeras } from '../../../operators/conv2d/code/keras.ts';
import { resolvePadding } from '../../../operators/conv2d/padding.ts';
import { kerasSignature } from '../../../operators/kerasArguments.ts';

const separableConv2d = kerasSignature(
  'SeparableConv2D',
  [
    'filters',
    'kernel_size',
    'strides',
    'padding',
    'data_format',
    'dilation_rate',
    'depth_multiplier',
    'activation',
    'use_bias',
  ],
  2,
);

export interface SeparableReading {
  readonly depthwise: Conv2d;
  readonly pointwise: Conv2d;
  /** The value of the argument of that name. */
  readonly activation: Value | null;
}

export function readKerasSeparable(call: Call, context: CodeContext): SeparableReading {
  const args = need(bindArguments(call, separableConv2d));
  const layer = (name: string, taken: readonly string[], more: Call['keywords']): Call => ({
    kind: 'call',
    name,
    positional: [],
    keywords: [...[...args].flatMap(([key, value]) => (taken.includes(key) ? [{ name: key, value }] : [])), ...more],
  });
  const spatial = ['kernel_size', 'strides', 'padding', 'dilation_rate', 'depth_multiplier'];
  const depthwise = layer('DepthwiseConv2D', spatial, [{ name: 'use_bias', value: { kind: 'boolean', value: false } }]);
  const pointwise = layer(
    'Conv2D',
    ['filters', 'activation', 'use_bias'],
    [{ name: 'kernel_size', value: { kind: 'number', value: 1 } }],
  );
  const first = readKeras(depthwise, context).conv;
  const second = readKeras(pointwise, { ...context, inChannels: first.outChannels });
  return { depthwise: first, pointwise: second.conv, activation: second.activation };
}

/** The arguments of the spatial filter, as both layers have them, from a convolution's own text. */
function spatialArguments(depthwise: Conv2d, padding: string): readonly string[] {
  return [
    `kernel_size=${pairText(depthwise.kernelSize)}`,
    `strides=${pairText(depthwise.stride)}`,
    `padding="${padding}"`,
    `dilation_rate=${pairText(depthwise.dilation)}`,
    `depth_multiplier=${depthwise.outChannels / depthwise.inChannels}`,
  ];
}

/** True where the pointwise convolution is what SeparableConv2D has: nothing but 1 x 1. */
function isPlain(pointwise: Conv2d): boolean {
  const { stride, dilation } = pointwise;
  return [...stride, ...dilation].every((each) => each === 1) && isNone(resolvePadding(pointwise));
}

export interface KerasLayers {
  readonly layers: readonly string[];
  readonly notes: readonly CopyNote[];
}

/** A convolution with the activation in its arguments or behind it. */
export function kerasConvolution(conv: Conv2d, activation: ActivationName): KerasLayers {
  const { padding, conv: call, notes } = writeKeras(conv, kerasArgument(activation));
  return { layers: [padding, call, kerasLayer(activation)].filter((layer) => layer !== null), notes };
}

export function writeKerasSeparable(
  { depthwise, between, pointwise }: { depthwise: Conv2d; between: ActivationName; pointwise: Conv2d },
  activation: ActivationName,
): KerasLayers {
  const first = writeKeras(depthwise, null);
  const [h, w] = depthwise.stride;
  const second = kerasConvolution(pointwise, activation);
  if (h !== w) {
    const spatial = kerasConvolution(depthwise, between);
    return { layers: [...spatial.layers, ...second.layers], notes: [...new Set([...spatial.notes, ...second.notes])] };
  }
  const spatial = spatialArguments(depthwise, first.conv.includes('padding="same"') ? 'same' : 'valid');
  const inFront = first.padding === null ? [] : [first.padding];
  const behind = (name: ActivationName) => {
    const argument = kerasArgument(name);
    return argument === null ? [] : [`activation="${argument}"`];
  };
  if (between === 'none' && !depthwise.bias && isPlain(pointwise)) {
    const bias = pointwise.bias ? [] : ['use_bias=False'];
    const parts = [pointwise.outChannels, ...spatial, ...behind(activation), ...bias];
    const layer = kerasLayer(activation);
    return {
      layers: [...inFront, `keras.layers.SeparableConv2D(${parts.join(', ')})`, ...(layer === null ? [] : [layer])],
      notes: first.notes,
    };
  }
  const parts = [...spatial, ...behind(between), ...(depthwise.bias ? [] : ['use_bias=False'])];
  const layer = kerasLayer(between);
  return {
    layers: [
      ...inFront,
      `keras.layers.DepthwiseConv2D(${parts.join(', ')})`,
      ...(layer === null ? [] : [layer]),
      ...second.layers,
    ],
    notes: [...new Set([...first.notes, ...second.notes])],
  };
}
