/** Cases of the operators that training is made of beside layers and the way back of maps. */
import fc from 'fast-check';
import type { CrossEntropy } from '../../../src/operators/crossEntropy/attributes.ts';
import type { Shape } from '../../../src/operators/operator.ts';
import type { WeightGradient } from '../../../src/operators/weightGradient/attributes.ts';
import { caseOf, type KindCases, type OperatorCase, seed, shapeUpTo, tensorOf, valuesOf } from './operatorCase.ts';

type Products = Omit<WeightGradient, 'kind'>;

const plain = {
  kernelSize: [1, 1],
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  groups: 1,
} as const satisfies Partial<Products>;

function productsOf(
  some: Pick<Products, 'inChannels' | 'outChannels'> & Partial<Products>,
  [images, rows, columns]: readonly [images: number, rows: number, columns: number],
  [height, width] = [rows, columns],
): OperatorCase {
  const operator: WeightGradient = { kind: 'weight_gradient', ...plain, ...some };
  const x: Shape = [images, operator.inChannels, height, width];
  return caseOf(operator, [x, [images, operator.outChannels, rows, columns]]);
}

/** Groups that come in fours and such that do not, one channel each and more. */
const channels = fc.record({
  groups: fc.constantFrom(1, 1, 2, 4),
  slices: fc.constantFrom(1, 3, 4, 8),
  filters: fc.constantFrom(1, 4),
});

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
/** Few kernels, since each has a text of its own. */
const windows = fc.record({
  kernelSize: fc.constantFrom([1, 1] as const, [3, 2] as const),
  stride: pair(1, 3),
  padding: pair(0, 3),
  dilation: pair(1, 3),
});
const maps = fc.record({ n: fc.integer({ min: 1, max: 5 }), x: pair(1, 12), gy: pair(1, 12) });

export const weightGradientCases: KindCases = {
  kind: 'weight_gradient',
  // The maps' sizes are free: what padding there is below and to the right follows.
  random: fc.tuple(channels, windows, maps, seed).map(([{ groups, slices, filters }, window, { n, x, gy }, by]) => {
    const [inChannels, outChannels] = [groups * slices, groups * filters];
    const operator: WeightGradient = { kind: 'weight_gradient', inChannels, outChannels, groups, ...window };
    return caseOf(
      operator,
      [
        [n, inChannels, ...x],
        [n, outChannels, ...gy],
      ],
      by,
    );
  }),
  edges: [
    // A linear layer of a large batch.
    productsOf({ inChannels: 33, outChannels: 10 }, [128, 1, 1]),
    // A batch of pictures: sums over many chunks of positions.
    productsOf({ inChannels: 1, outChannels: 6, kernelSize: [5, 5], padding: [2, 2] }, [64, 14, 14]),
    productsOf({ inChannels: 12, outChannels: 24, kernelSize: [3, 3], padding: [1, 1], groups: 4 }, [16, 12, 11]),
    productsOf({ inChannels: 20, outChannels: 20, kernelSize: [3, 3], padding: [1, 1], groups: 20 }, [16, 12, 11]),
    productsOf({ inChannels: 6, outChannels: 12, kernelSize: [3, 2], groups: 6 }, [9, 7, 8], [9, 9]),
    // Past the tiles of a workgroup, of filters and of columns, in groups and alone, with taps outside.
    productsOf(
      { inChannels: 20, outChannels: 60, kernelSize: [3, 3], padding: [2, 1], stride: [2, 1] },
      [3, 5, 9],
      [9, 8],
    ),
    productsOf({ inChannels: 80, outChannels: 72, kernelSize: [2, 3], padding: [0, 2], groups: 2 }, [2, 25, 21]),
    productsOf({ inChannels: 61, outChannels: 29, dilation: [2, 1] }, [40, 2, 3]),
    // Rows that are longer than a workgroup, and maps of one pixel.
    productsOf(
      { inChannels: 4, outChannels: 4, kernelSize: [1, 3], stride: [1, 2], padding: [0, 1] },
      [2, 2, 130],
      [2, 260],
    ),
    productsOf({ inChannels: 8, outChannels: 16, kernelSize: [3, 3], padding: [1, 1] }, [5, 1, 1]),
    // No tap ever stands on x.
    productsOf({ inChannels: 2, outChannels: 2, kernelSize: [1, 1], padding: [9, 9] }, [1, 2, 2]),
  ],
};

export const batchStandardiseCases: KindCases = {
  kind: 'batch_standardise',
  random: fc
    .tuple(fc.constantFrom(1e-5, 1e-3, 0.1), shapeUpTo(11, 9), seed)
    .map(([eps, shape, by]) => caseOf({ kind: 'batch_standardise', numChannels: shape[1], eps }, [shape], by)),
  edges: [
    caseOf({ kind: 'batch_standardise', numChannels: 5, eps: 1e-5 }, [[64, 5, 4, 3]]),
    caseOf({ kind: 'batch_standardise', numChannels: 6, eps: 1e-5 }, [[3, 6, 70, 70]]),
  ],
};

function crossEntropyCase(
  { gives, target }: Omit<CrossEntropy, 'kind'>,
  [n, c, h, w]: Shape,
  by: number,
): OperatorCase {
  const operator: CrossEntropy = { kind: 'cross_entropy', gives, target };
  const logits = tensorOf([n, c, h, w], by);
  const x = { ...logits, values: logits.values.map((value) => 12 * value) };
  const numbers = valuesOf(n * h * w, by + 1);
  // Every class, and one on either side that is none.
  const indices = numbers.map((value) => Math.round(((value + 1) / 2) * (c + 1)) - 1);
  const shares = valuesOf(n * c * h * w, by + 2).map((value) => (value + 1) / 2);
  const given =
    target === 'indices'
      ? { shape: [n, 1, h, w] as const, values: indices }
      : { shape: [n, c, h, w] as const, values: shares };
  return { operator, inputs: [x, given], parameters: null };
}

const entropies = fc.record({
  gives: fc.constantFrom('loss' as const, 'gradient' as const, 'correct' as const),
  target: fc.constantFrom('indices' as const, 'probabilities' as const),
});

export const crossEntropyCases: KindCases = {
  kind: 'cross_entropy',
  random: fc
    .tuple(entropies, shapeUpTo(11, 5), seed)
    .map(([operator, shape, by]) => crossEntropyCase(operator, shape, by)),
  edges: (['loss', 'gradient', 'correct'] as const).flatMap((gives) =>
    (['indices', 'probabilities'] as const).flatMap((target) => [
      crossEntropyCase({ gives, target }, [128, 10, 1, 1], 3),
      crossEntropyCase({ gives, target }, [1, 1, 1, 1], 4),
      // All logits equal: the first class is said, and each has the same share.
      {
        operator: { kind: 'cross_entropy', gives, target },
        inputs: [
          { shape: [3, 5, 1, 1], values: new Float32Array(15).fill(2) },
          target === 'indices'
            ? { shape: [3, 1, 1, 1], values: Float32Array.of(0, 4, -1) }
            : { shape: [3, 5, 1, 1], values: new Float32Array(15).map((_, i) => Number(i % 6 === 0)) },
        ],
        parameters: null,
      },
    ]),
  ),
};

function dropoutCase(p: number, shape: Shape, step: number, by: number): OperatorCase {
  const operator = { kind: 'seeded_dropout', p, seed: by, stream: (by * 7919) >>> 0 } as const;
  const at = { shape: [1, 1, 1, 1] as const, values: Float32Array.of(step) };
  return { operator, inputs: [tensorOf(shape, by), at], parameters: null };
}

export const seededDropoutCases: KindCases = {
  kind: 'seeded_dropout',
  random: fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), shapeUpTo(6, 9), fc.nat(2 ** 24 - 1), seed)
    .map(([p, shape, step, by]) => dropoutCase(p, shape, step, by)),
  edges: [0, 0.5, 1].map((p) => dropoutCase(p, [3, 5, 7, 3], 12345, 9)),
};
