/** gx = gy f'(x): shape and field stay, every value meets its own place in both inputs. */
import type { FloatArray, HostTensor, OperatorRules, Result, Shape } from '../operator.ts';
import { pointwise } from '../pointwise.ts';
import { costWithoutMacs } from '../tensors.ts';
import type { PointwiseGradient } from './attributes.ts';
import { curvatureOf, kinksOf, slopeOf } from './slopes.ts';

/** What engines may be off by on the scale of an error (docs/testing.md). */
const exactness = 1e-5;

function both<T>(inputs: readonly T[]): readonly [x: T, gy: T] {
  const [x, gy] = inputs;
  if (x === undefined || gy === undefined || inputs.length !== 2)
    throw new Error(`the gradient of a function reads two tensors, not ${inputs.length}`);
  return [x, gy];
}

function shapeOf([x, gy]: readonly [Shape, Shape]): Result<Shape> {
  if (x.every((size, i) => size === gy[i])) return { ok: true, value: x };
  const message = `Mismatch in shape: grad_output has a shape of [${gy.join(', ')}] and output has a shape of [${x.join(', ')}].`;
  return { ok: false, error: { code: 'gradient-shape', values: {}, message } };
}

function apply<A extends FloatArray>(
  operator: PointwiseGradient,
  [x, gy]: readonly [HostTensor, HostTensor],
  to: A,
): A {
  const slope = slopeOf(operator);
  for (let i = 0; i < to.length; i++) to[i] = slope(x.values[i]!) * gy.values[i]!;
  return to;
}

export const pointwiseGradient: OperatorRules<PointwiseGradient> = {
  kind: 'pointwise_gradient',
  outputShape: (_operator, inputs) => shapeOf(both(inputs)),
  parameters: () => [],
  arity: () => 2,
  ...pointwise,
  cost: (_operator, inputs) => costWithoutMacs(both(inputs)[0]),
  reference: (operator, inputs) => {
    const [x, gy] = both(inputs);
    const values = apply(operator, [x, gy], new Float64Array(x.values.length));
    // A slope is a sum of terms of about 1, or one of its own size.
    const magnitude = values.map((value, i) => Math.abs(value) + Math.abs(gy.values[i]!));
    return { output: { shape: x.shape, values }, magnitude };
  },
  compute: (operator, inputs) => {
    const [x, gy] = both(inputs);
    return { shape: x.shape, values: apply(operator, [x, gy], new Float32Array(x.values.length)) };
  },
  // |f'| of gy's error and |f''| of x's. Where that may lie on the other side of a kink, either slope is right.
  scaleFrom: (operator, { inputs, scales, own }) => {
    const [x, gy] = both(inputs);
    const [errorsOfX, errorsOfGy] = both(scales);
    const [slope, curvature, kinks] = [slopeOf(operator), curvatureOf(operator), kinksOf(operator)];
    return own.map((magnitude, i) => {
      const [at, error] = [x.values[i]!, errorsOfX.values[i]!];
      const jumps = kinks.filter((kink) => Math.abs(at - kink.at) <= exactness * (1 + error));
      const jump = jumps.reduce((sum, kink) => sum + kink.jump, 0) / exactness;
      const turned = Math.abs(gy.values[i]!) * (curvature(at) * error + (error > 0 ? jump : 0));
      return magnitude + Math.abs(slope(at)) * errorsOfGy.values[i]! + turned;
    });
  },
};
