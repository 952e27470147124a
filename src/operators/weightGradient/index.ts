/** The gradient at a convolution's weight: its rows and columns are those of the kernel, and each reads maps as a whole. */
import type { HostTensor, OperatorError, OperatorRules, Shape } from '../operator.ts';
import { elementsOf, rangeTo } from '../tensors.ts';
import type { WeightGradient } from './attributes.ts';
import { addProducts } from './reference.ts';

function both<T>(inputs: readonly T[]): readonly [x: T, gy: T] {
  const [x, gy] = inputs;
  if (x === undefined || gy === undefined || inputs.length !== 2)
    throw new Error(`the gradient of a weight reads two tensors, not ${inputs.length}`);
  return [x, gy];
}

export function weightShapeOf({ inChannels, outChannels, groups, kernelSize: [kh, kw] }: WeightGradient): Shape {
  return [outChannels, inChannels / groups, kh, kw];
}

function errorOf({ inChannels, outChannels }: WeightGradient, x: Shape, gy: Shape): OperatorError | null {
  if (x[0] === gy[0] && x[1] === inChannels && gy[1] === outChannels) return null;
  const wanted = `[${[x[0], outChannels, gy[2], gy[3]].join(', ')}]`;
  const message = `Expected a tensor of shape ${wanted}, but got a tensor of shape [${gy.join(', ')}]`;
  return { code: 'gradient-shape', values: {}, message };
}

const absolute = ({ shape, values }: HostTensor) => ({ shape, values: Float64Array.from(values, Math.abs) });

export const weightGradient: OperatorRules<WeightGradient> = {
  kind: 'weight_gradient',
  outputShape: (operator, inputs) => {
    const error = errorOf(operator, ...both(inputs));
    return error ? { ok: false, error } : { ok: true, value: weightShapeOf(operator) };
  },
  parameters: () => [],
  arity: () => 2,
  inputInterval: (_operator, _axis, _output, size) => ({ lo: 0, hi: size - 1 }),
  reads: (_operator, _axis, size) => rangeTo(size),
  readers: (operator, axis) => rangeTo(operator.kernelSize[axis === 'h' ? 0 : 1]),
  cost: (operator, inputs) => {
    const [images, , rows, columns] = both(inputs)[1];
    const values = elementsOf(weightShapeOf(operator));
    const macs = values * images * rows * columns;
    return { parameters: 0, macs, usefulMacs: macs, activationBytes: 4 * values };
  },
  reference: (operator, inputs) => {
    const [x, gy] = both(inputs);
    const shape = weightShapeOf(operator);
    const room = () => new Float64Array(elementsOf(shape));
    return {
      output: { shape, values: addProducts(operator, x, gy, room()) },
      magnitude: addProducts(operator, absolute(x), absolute(gy), room()),
    };
  },
  compute: (operator, inputs) => {
    const [x, gy] = both(inputs);
    const shape = weightShapeOf(operator);
    return { shape, values: addProducts(operator, x, gy, new Float32Array(elementsOf(shape))) };
  },
  // |gy| of x's error and |x| of gy's.
  scaleFrom: (operator, { inputs, scales, own }) => {
    const [x, gy] = both(inputs);
    const [errorsOfX, errorsOfGy] = both(scales);
    const inherited = addProducts(operator, errorsOfX, absolute(gy), own.slice());
    return addProducts(operator, absolute(x), errorsOfGy, inherited);
  },
};
