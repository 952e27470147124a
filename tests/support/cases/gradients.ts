/** Cases of the operators that gradients of networks and training are made of beside layers. */
import fc from 'fast-check';
import type { Shape } from '../../../src/operators/operator.ts';
import type { OptimizerStep } from '../../../src/operators/optimizerStep/attributes.ts';
import { paceOf, stateRows } from '../../../src/operators/optimizerStep/attributes.ts';
import { type GradientFunction, gradientFunctions } from '../../../src/operators/pointwiseGradient/attributes.ts';
import type { AxisSums } from '../../../src/operators/separableSum/attributes.ts';
import { deformCase, deformConv2dCases } from './deformConv2d.ts';
import { caseOf, type KindCases, type OperatorCase, seed, shapeUpTo, tensorOf } from './operatorCase.ts';

const numbers: Partial<Record<GradientFunction, readonly [alpha: number, beta: number]>> = {
  elu: [1.67326, 1.0507],
  hard_sigmoid: [0.2, 0.5],
  clip: [-1.5, 2],
};

/** x up to 4 about 0; under a root between 0.1 and 2. */
function pointwiseCase(name: GradientFunction, shape: Shape, by: number): OperatorCase {
  const [alpha, beta] = numbers[name] ?? [0.3, 0];
  const one = caseOf({ kind: 'pointwise_gradient', function: name, alpha, beta }, [shape, shape], by);
  const inputs = one.inputs.map((tensor, i) => {
    if (i === 1) return tensor;
    return { ...tensor, values: tensor.values.map((value) => (name === 'sqrt' ? 1.05 + 0.95 * value : 4 * value)) };
  });
  return { ...one, inputs };
}

export const pointwiseGradientCases: KindCases = {
  kind: 'pointwise_gradient',
  random: fc
    .tuple(fc.constantFrom(...gradientFunctions), shapeUpTo(6, 9), seed)
    .map(([name, shape, by]) => pointwiseCase(name, shape, by)),
  edges: gradientFunctions.map((name, i) => pointwiseCase(name, [2, 5, 7, 3], i + 1)),
};

/** Lists of entries of an axis of `size`: of any length, in any order, at times the same entry twice. */
const lists = (size: number) => fc.array(fc.array(fc.nat(size - 1), { maxLength: 4 }), { minLength: 1, maxLength: 9 });

const sums = (size: number): fc.Arbitrary<AxisSums | null> =>
  fc.option(
    lists(size).map((entries) => ({
      size,
      taps: entries.map((list, i) => list.map((at, k) => ({ at, weight: ((3 * i + 5 * k) % 7) / 4 - 0.75 }))),
    })),
  );

export const separableSumCases: KindCases = {
  kind: 'separable_sum',
  random: shapeUpTo(5, 9).chain(([n, c, h, w]) =>
    fc
      .tuple(sums(n), sums(c), sums(h), sums(w), seed)
      .map(([a, b, d, e, by]) => caseOf({ kind: 'separable_sum', axes: [a, b, d, e] }, [[n, c, h, w]], by)),
  ),
  edges: [
    caseOf({ kind: 'separable_sum', axes: [null, null, null, null] }, [[2, 3, 4, 5]]),
    caseOf({ kind: 'separable_sum', axes: [null, null, { size: 1, taps: [[], []] }, null] }, [[1, 1, 1, 3]]),
  ],
};

const windows = (size: number) =>
  fc.option(
    lists(size).map((entries) => ({ size, windows: entries.map((list) => [...new Set(list)].sort((a, b) => a - b)) })),
  );

export const extremumGradientCases: KindCases = {
  kind: 'extremum_gradient',
  random: shapeUpTo(5, 9).chain(([n, c, h, w]) =>
    fc
      .tuple(fc.constantFrom('max' as const, 'min' as const), windows(n), windows(c), windows(h), windows(w), seed)
      .map(([extremum, a, b, d, e, by]) => {
        const pooled: Shape = [
          a?.windows.length ?? n,
          b?.windows.length ?? c,
          d?.windows.length ?? h,
          e?.windows.length ?? w,
        ];
        return caseOf({ kind: 'extremum_gradient', extremum, axes: [a, b, d, e] }, [[n, c, h, w], pooled], by);
      }),
  ),
  edges: [
    // All entries equal: the first of each window wins.
    {
      operator: {
        kind: 'extremum_gradient',
        extremum: 'min',
        axes: [null, null, null, { size: 4, windows: [[0, 1, 2], [1, 2, 3], []] }],
      },
      inputs: [{ shape: [1, 1, 1, 4], values: new Float32Array(4) }, tensorOf([1, 1, 1, 3], 2)],
      parameters: null,
    },
  ],
};

/** The gradient of a deformable convolution's samples, with values of its own for it. */
function deformGradientOf(
  { operator, inputs }: OperatorCase,
  to: 'input' | 'offset' | 'mask',
  by: number,
): OperatorCase {
  if (operator.kind !== 'deform_conv2d') throw new Error('no deformable convolution');
  const [n, , rows, columns] = inputs[1]!.shape;
  const samples: Shape = [n, operator.inChannels * operator.kernelSize[0] * operator.kernelSize[1], rows, columns];
  const wanted = to === 'mask' && !operator.hasMask ? 'offset' : to;
  return {
    operator: { kind: 'deform_gradient', of: operator, to: wanted },
    inputs: [tensorOf(samples, by), ...inputs],
    parameters: null,
  };
}

const farAway = deformCase({ inChannels: 4, outChannels: 4, kernelSize: [3, 3], hasMask: true }, [1, 6, 6], {
  reach: 1e12,
});

export const deformGradientCases: KindCases = {
  kind: 'deform_gradient',
  random: fc
    .tuple(deformConv2dCases.random, fc.constantFrom('input' as const, 'offset' as const, 'mask' as const), seed)
    .map(([one, to, by]) => deformGradientOf(one, to, by)),
  edges: farAway ? (['input', 'offset', 'mask'] as const).map((to) => deformGradientOf(farAway, to, 3)) : [],
};

/** Second moments are no less than 0.05: what a root makes of errors near 0 is no property of a kernel. */
function optimizerCase(
  operator: OptimizerStep,
  gradient: Shape,
  [rate, step]: readonly [number, number],
  by: number,
): OperatorCase {
  const count = gradient.reduce((a, b) => a * b, 1);
  const one = caseOf(operator, [[1, 1, stateRows(operator), count], gradient], by);
  const inputs = one.inputs.map((tensor, i) => ({
    ...tensor,
    values: tensor.values.map((value, at) => (i === 0 && at >= 2 * count ? 0.05 + value * value : value)),
  }));
  const pace = paceOf(rate, operator.method === 'adam' ? operator.betas : null, step);
  return { ...one, inputs: [...inputs, { shape: [1, 1, 1, pace.length], values: pace }] };
}

const share = fc.double({ min: 0, max: 0.99, noNaN: true });

const optimizers: fc.Arbitrary<OptimizerStep> = fc.oneof(
  fc.record({
    kind: fc.constant('optimizer_step' as const),
    method: fc.constant('sgd' as const),
    learningRate: share,
    weightDecay: share,
    momentum: share,
    nesterov: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('optimizer_step' as const),
    method: fc.constant('adam' as const),
    learningRate: share,
    weightDecay: share,
    betas: fc.tuple(share, share),
    eps: fc.constantFrom(1e-8, 1e-3),
    decoupled: fc.boolean(),
  }),
);

export const optimizerStepCases: KindCases = {
  kind: 'optimizer_step',
  random: fc
    .tuple(optimizers, shapeUpTo(5, 5), fc.tuple(share, fc.integer({ min: 1, max: 100 })), seed)
    .map(([operator, shape, pace, by]) => optimizerCase(operator, shape, pace, by)),
  edges: [],
};
