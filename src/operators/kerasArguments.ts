/** What the constructors of Keras's layers have in common: arguments without arithmetic, and what every convolution there refuses. */
import type { Signature } from './callArguments.ts';
import { tupleText } from './codeText.ts';
import { refuse } from './codeValues.ts';
import type { Pair } from './operator.ts';

/** Arguments that say nothing about a layer's arithmetic. */
const ignored = [
  'kernel_initializer',
  'bias_initializer',
  'kernel_regularizer',
  'bias_regularizer',
  'activity_regularizer',
  'kernel_constraint',
  'bias_constraint',
  'depthwise_initializer',
  'depthwise_regularizer',
  'depthwise_constraint',
  'pointwise_initializer',
  'pointwise_regularizer',
  'pointwise_constraint',
  'name',
  'trainable',
  'dtype',
  'input_shape',
];

/** A layer's constructor; `parameters` in order, of which the first `required` have no default. */
export function kerasSignature(layer: string, parameters: readonly string[], required: number): Signature {
  return {
    name: `${layer}.__init__()`,
    parameters: [...parameters, ...ignored],
    required,
    unexpected: (name, value) => `Unrecognized keyword arguments passed to ${layer}: {'${name}': ${value}}`,
  };
}

interface Geometry {
  readonly stride: Pair;
  readonly dilation: Pair;
}

export function isStridedDilation({ stride, dilation }: Geometry): boolean {
  return Math.max(...stride) > 1 && Math.max(...dilation) > 1;
}

export function needNoStridedDilation(geometry: Geometry): void {
  if (!isStridedDilation(geometry)) return;
  refuse(
    'keras-strided-dilation',
    `\`strides > 1\` not supported in conjunction with \`dilation_rate > 1\`. Received: strides=${tupleText(geometry.stride)} and dilation_rate=${tupleText(geometry.dilation)}`,
  );
}
