/** Softmax cross-entropy: pixels by themselves, classes along the channels. */
import type { FloatArray, HostTensor, OperatorError, OperatorRules, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs, elementsOf } from '../tensors.ts';
import type { CrossEntropy } from './attributes.ts';
import { crossEntropyOf, everyPixel } from './reference.ts';
import { inheritedScale, ownScale } from './scales.ts';

function both<T>(inputs: readonly T[]): readonly [x: T, target: T] {
  const [x, target] = inputs;
  if (x === undefined || target === undefined || inputs.length !== 2)
    throw new Error(`cross-entropy reads logits and a target, not ${inputs.length} tensors`);
  return [x, target];
}

function shapeOf({ gives }: CrossEntropy, [n, classes, h, w]: Shape): Shape {
  return gives === 'gradient' ? [n, classes, h, w] : [n, 1, h, w];
}

function errorOf({ target: kind }: CrossEntropy, [x, target]: readonly [Shape, Shape]): OperatorError | null {
  const wanted = kind === 'indices' ? [x[0], 1, x[2], x[3]] : x;
  if (wanted.every((size, i) => size === target[i])) return null;
  const message = `Expected target size [${wanted.join(', ')}], got [${target.join(', ')}]`;
  return { code: 'target-shape', values: { wanted: wanted.join(' x '), got: target.join(' x ') }, message };
}

function apply<A extends FloatArray>(
  operator: CrossEntropy,
  inputs: readonly [HostTensor, HostTensor],
  room: (length: number) => A,
): HostTensor<A> {
  const [x] = inputs;
  const shape = shapeOf(operator, x.shape);
  const values = room(elementsOf(shape));
  everyPixel(operator, inputs, (pixel) => crossEntropyOf(operator, pixel, x.values, values));
  return { shape, values };
}

export const crossEntropy: OperatorRules<CrossEntropy> = {
  kind: 'cross_entropy',
  outputShape: (operator, inputs) => {
    const error = errorOf(operator, both(inputs));
    return error ? { ok: false, error } : { ok: true, value: shapeOf(operator, both(inputs)[0]) };
  },
  parameters: () => [],
  arity: () => 2,
  ...pointwise,
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, both(inputs)[0])),
  reference: (operator, inputs) => {
    const output = apply(operator, both(inputs), (length) => new Float64Array(length));
    return { output, magnitude: ownScale(operator, both(inputs), output.values) };
  },
  compute: (operator, inputs) => apply(operator, both(inputs), (length) => new Float32Array(length)),
  scaleFrom: (operator, { inputs, scales, own }) => inheritedScale(operator, both(inputs), both(scales), own),
};
