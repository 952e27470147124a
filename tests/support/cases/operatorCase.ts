/** One operator with shapes of its inputs and its learned values: what property tests of operators and engines run. */
import fc from 'fast-check';
import '../../../src/operators/late.ts';
import type { Operator } from '../../../src/operators/index.ts';
import { rulesOf } from '../../../src/operators/index.ts';
import type { HostTensor, ParameterValues, Shape } from '../../../src/operators/operator.ts';

export interface OperatorCase {
  readonly operator: Operator;
  readonly inputs: readonly HostTensor<Float32Array>[];
  readonly parameters: ParameterValues | null;
}

/** The cases of one kind: random ones over all attributes, and a fixed list of edges. */
export interface KindCases {
  readonly kind: Operator['kind'];
  readonly random: fc.Arbitrary<OperatorCase>;
  readonly edges: readonly OperatorCase[];
}

/** Values in [-1, 1], the same for the same seed (a linear congruential generator). */
export function valuesOf(length: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * (state & 64 ? 1 : 0.25);
  });
}

export function tensorOf(shape: Shape, seed: number): HostTensor<Float32Array> {
  return {
    shape,
    values: valuesOf(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
  };
}

/** Random values for everything that the operator learns: variances are positive. */
export function learnedBy(operator: Operator, seed: number): ParameterValues | null {
  const specs = rulesOf(operator).parameters(operator);
  if (specs.length === 0) return null;
  const of = (name: string, offset: number): Float32Array | undefined => {
    const spec = specs.find((candidate) => candidate.name === name);
    return (
      spec &&
      valuesOf(
        spec.shape.reduce((a, b) => a * b, 1),
        seed + offset,
      )
    );
  };
  const runningMean = of('runningMean', 3);
  const runningVar = of('runningVar', 4)?.map((value) => value * value + 0.1);
  return {
    weight: of('weight', 1) ?? new Float32Array(0),
    bias: of('bias', 2) ?? null,
    ...(runningMean && { runningMean }),
    ...(runningVar && { runningVar }),
  };
}

/** A case with values of its own for inputs of these shapes. */
export function caseOf(operator: Operator, shapes: readonly Shape[], seed = 1): OperatorCase {
  return {
    operator,
    inputs: shapes.map((shape, i) => tensorOf(shape, seed + 10 * i)),
    parameters: learnedBy(operator, seed),
  };
}

/** True when PyTorch would run it. */
export function isValid({ operator, inputs }: OperatorCase): boolean {
  return rulesOf(operator).outputShape(
    operator,
    inputs.map(({ shape }) => shape),
  ).ok;
}

export const seed = fc.integer({ min: 1, max: 2 ** 30 });
export const pairUpTo = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));
/** Small feature maps of up to `channels` channels. */
export const shapeUpTo = (channels: number, side: number): fc.Arbitrary<Shape> =>
  fc.tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.integer({ min: 1, max: channels }),
    fc.integer({ min: 1, max: side }),
    fc.integer({ min: 1, max: side }),
  );
