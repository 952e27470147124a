/** The activations' own bounds, over the range in which float32 shows anything: as `shaders/lib/functions.wgsl` states them. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Graph } from '../../graph/graph.ts';
import type { ActivationName } from '../../operators/activation/attributes.ts';
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Engine } from '../engine.ts';
import { createWebGPUEngine } from './index.ts';

const side = 256;
/** Dense around 0, where errors would be relative; reaching to where everything saturates; and the exact joints. */
const inputs = Float32Array.from({ length: side * side }, (_, i) => {
  const t = i / (side * side - 1);
  if (i < 8) return [0, -0, 0.625, -0.625, 1, -1, Math.SQRT2, -Math.SQRT2][i]!;
  return i % 2 === 0 ? 40 * t - 20 : (i % 4 === 1 ? 1 : -1) * 10 ** (8 * t - 6);
});

describe('the activations', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu });
  });
  afterAll(() => engine.destroy());

  /** The engine's values beside float64's. */
  async function apply(
    name: ActivationName,
  ): Promise<readonly (readonly [x: number, actual: number, expected: number])[]> {
    const operator = { kind: 'activation', function: name } as const;
    const graph: Graph = {
      nodes: [
        { id: 'input', operator: { kind: 'input', channels: 1 }, inputs: [] },
        { id: 'f', operator, inputs: ['input'] },
      ],
    };
    const shape = [1, 1, side, side] as const;
    const input = await engine.upload(inputs, shape);
    const { tensors } = await engine.run({ graph, inputs: { input }, parameters: {}, outputs: ['f'] });
    const actual = await engine.read(tensors.f!, { channel: 0, channels: 1, y: 0, x: 0, height: side, width: side });
    const { values } = arithmeticOf(operator).reference(operator, [{ shape, values: inputs }], null).output;
    input.free();
    tensors.f!.free();
    return [...inputs].map((x, i) => [x, actual[i]!, values[i]!] as const);
  }

  // Math.max passes NaN on, so that it fails the comparison.
  const largest = (errors: readonly number[]): number => errors.reduce((most, error) => Math.max(most, error), 0);

  it.each(['none', 'relu', 'leaky_relu', 'relu6', 'abs'] as const)(
    '%s is exact to the rounding of one multiplication',
    async (name) => {
      const values = await apply(name);
      expect(
        largest(values.map(([x, actual, expected]) => Math.abs(actual - expected) / (Math.abs(x) || 1))),
      ).toBeLessThanOrEqual(6e-8);
    },
  );

  it('sigmoid is within 2e-7', async () => {
    expect(
      largest((await apply('sigmoid')).map(([, actual, expected]) => Math.abs(actual - expected))),
    ).toBeLessThanOrEqual(2e-7);
  });

  it('tanh is within a relative 5e-7', async () => {
    const values = (await apply('tanh')).filter(([x]) => x !== 0);
    expect(largest(values.map(([, actual, expected]) => Math.abs(actual / expected - 1)))).toBeLessThanOrEqual(5e-7);
  });

  it.each(['gelu', 'silu'] as const)('%s is within 3e-7 (1 + |x|)', async (name) => {
    const values = await apply(name);
    expect(
      largest(values.map(([x, actual, expected]) => Math.abs(actual - expected) / (1 + Math.abs(x)))),
    ).toBeLessThanOrEqual(3e-7);
  });

  it('the logarithm is within a relative 3e-7: a power that is none of whole exponents shows it', async () => {
    const exponent = 0.37;
    const bases = inputs.map((_, i) => 10 ** ((70 * i) / inputs.length - 35) * (1 + (i % 97) / 97));
    const graph: Graph = {
      nodes: [
        { id: 'base', operator: { kind: 'input', channels: 1 }, inputs: [] },
        { id: 'exponent', operator: { kind: 'input', channels: 1 }, inputs: [] },
        { id: 'power', operator: { kind: 'arithmetic', function: 'power' }, inputs: ['base', 'exponent'] },
      ],
    };
    const base = await engine.upload(bases, [1, 1, side, side]);
    const one = await engine.upload(Float32Array.of(exponent), [1, 1, 1, 1]);
    const run = await engine.run({ graph, inputs: { base, exponent: one }, parameters: {}, outputs: ['power'] });
    const power = run.tensors.power!;
    const actual = await engine.read(power, { channel: 0, channels: 1, y: 0, x: 0, height: side, width: side });
    const rounded = Math.fround(exponent);
    const excess = [...bases].map((x, i) => {
      const argument = Math.abs(rounded * Math.log(x));
      // exp's own bound, and the argument's: the logarithm's, and the rounding of the product.
      return Math.abs(actual[i]! / x ** rounded - 1) / (3e-7 + argument * (3e-7 + 6e-8));
    });
    expect(largest(excess)).toBeLessThanOrEqual(1);
    for (const tensor of [base, one, power]) tensor.free();
  });
});
