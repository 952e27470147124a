/** The three gradients of a deformable convolution's samples; as the layer itself, they may read x and its gradient anywhere. */
import type { HostTensor, OperatorError, OperatorRules, Shape } from '../../operator.ts';
import { costWithoutMacs, rangeTo } from '../../tensors.ts';
import { namedInputs, outputShapeOf } from '../samples.ts';
import type { DeformGradient } from './attributes.ts';
import { type GradientInputs, gradientOfSamples, inheritedScale } from './reference.ts';

function named<T>({ of }: DeformGradient, inputs: readonly T[]): GradientInputs<T> {
  const [samples, ...rest] = inputs;
  if (samples === undefined) throw new Error('the gradient of a deformable convolution reads its samples’ gradient');
  return { samples, ...namedInputs(of, rest) };
}

function errorOf({ of, to }: DeformGradient, { samples, x }: GradientInputs<Shape>): OperatorError | null {
  if (to === 'mask' && !of.hasMask) return { code: 'no-mask', values: {}, message: 'the layer has no mask' };
  const [, , rows, columns] = outputShapeOf(of, x);
  const wanted = [x[0], of.inChannels * of.kernelSize[0] * of.kernelSize[1], rows, columns];
  if (wanted.every((size, i) => size === samples[i])) return null;
  const message = `Expected a tensor of shape [${wanted.join(', ')}], but got a tensor of shape [${samples.join(', ')}]`;
  return { code: 'gradient-shape', values: {}, message };
}

function shapeOf({ to }: DeformGradient, { x, offset, mask }: GradientInputs<Shape>): Shape {
  return to === 'input' ? x : to === 'offset' ? offset : mask!;
}

/** Maps whose places correspond: those of the samples, unless the gradient goes to x, and x, if it does. All others are read anywhere. */
const isLocal = ({ to }: DeformGradient, input: number) => (to === 'input') === (input === 1);

export const deformGradient: OperatorRules<DeformGradient> = {
  kind: 'deform_gradient',
  outputShape: (operator, inputs) => {
    const all = named(operator, inputs);
    const error = errorOf(operator, all);
    return error ? { ok: false, error } : { ok: true, value: shapeOf(operator, all) };
  },
  parameters: () => [],
  arity: ({ of }) => (of.hasMask ? 4 : 3),
  inputInterval: (operator, _axis, output, size, input = 0) =>
    isLocal(operator, input) ? output : { lo: 0, hi: size - 1 },
  reads: (operator, _axis, size, index, input = 0) => (isLocal(operator, input) ? [index] : rangeTo(size)),
  readers: (operator, axis, size, index, input = 0, around) => {
    if (isLocal(operator, input)) return [index];
    return rangeTo(around?.output[axis === 'h' ? 2 : 3] ?? size);
  },
  cost: (operator, inputs) => costWithoutMacs(shapeOf(operator, named(operator, inputs))),
  reference: (operator, inputs) => {
    const all = named<HostTensor>(operator, inputs);
    const shape = shapeOf(operator, namedShapes(all));
    const { values, sizes } = gradientOfSamples(operator, all, shape);
    return { output: { shape, values }, magnitude: sizes };
  },
  compute: (operator, inputs) => {
    const all = named<HostTensor>(operator, inputs);
    const shape = shapeOf(operator, namedShapes(all));
    return { shape, values: Float32Array.from(gradientOfSamples(operator, all, shape).values) };
  },
  scaleFrom: (operator, { inputs, scales, own }) => {
    const all = named<HostTensor>(operator, inputs);
    const inherited = inheritedScale(operator, all, named(operator, scales), shapeOf(operator, namedShapes(all)));
    return own.map((value, i) => value + inherited[i]!);
  },
};

function namedShapes({ samples, x, offset, mask }: GradientInputs<HostTensor>): GradientInputs<Shape> {
  return { samples: samples.shape, x: x.shape, offset: offset.shape, mask: mask?.shape ?? null };
}
