/** Holds the engine against the float64 reference: the law of every kernel program. For tests. */

import { expect } from 'vitest';
import type { Graph } from '../../../graph/graph.ts';
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import { arithmeticOf } from '../../../operators/arithmeticOf.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import type { Shape } from '../../../operators/operator.ts';
import { exactnessBound, fastBound } from '../../bounds.ts';
import type { Engine, Precision, RunResult } from '../../engine.ts';

/** Values in [-1, 1], the same for the same seed (a linear congruential generator). */
export function randomValues(length: number, seed: number): Float32Array {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * (state & 64 ? 1 : 0.25);
  });
}

/** input -> conv -> activation. */
export function layerGraph(conv: Conv2d, activation: ActivationName = 'none'): Graph {
  return {
    nodes: [
      { id: 'input', operator: { kind: 'input', channels: conv.inChannels }, inputs: [] },
      { id: 'conv', operator: conv, inputs: ['input'] },
      { id: 'activation', operator: { kind: 'activation', function: activation }, inputs: ['conv'] },
    ],
  };
}

export interface Case {
  readonly conv: Conv2d;
  readonly shape: Shape;
  readonly activation?: ActivationName;
  /** Ask for the maps before the activation too. */
  readonly isDual?: boolean;
  readonly seed?: number;
  /** How the run is asked for; absent: exact. */
  readonly precision?: Precision;
  /** What values in [-1, 1] are multiplied by. */
  readonly scale?: { readonly input: number; readonly weight: number };
}

/**
 * Runs the case and expects |error| <= 1e-5 (1 + sum of |terms|), of a fast run 2e-3, for every value of batch 0, and that nothing stays behind.
 * Returns the names of the programs that ran.
 */
export async function expectExact(
  engine: Engine,
  {
    conv,
    shape,
    activation = 'none',
    isDual = false,
    seed = 1,
    precision = 'exact',
    scale = { input: 1, weight: 1 },
  }: Case,
): Promise<readonly string[]> {
  const [, channels, height, width] = shape;
  const weights = (conv.outChannels * conv.inChannels * conv.kernelSize[0] * conv.kernelSize[1]) / conv.groups;
  const values = randomValues(
    shape.reduce((product, size) => product * size),
    seed,
  ).map((value) => value * scale.input);
  const parameters = {
    weight: randomValues(weights, seed + 1).map((value) => value * scale.weight),
    bias: conv.bias ? randomValues(conv.outChannels, seed + 2) : null,
  };
  const before = engine.counters.liveTensors;
  const input = await engine.upload(values, shape);
  const run: RunResult = await engine.run({
    graph: layerGraph(conv, activation),
    inputs: { input },
    parameters: { conv: parameters },
    outputs: isDual ? ['conv', 'activation'] : ['activation'],
    precision,
  });
  const bound = precision === 'fast' ? fastBound : exactnessBound;
  await run.completed;

  // Batch 0 is all that the engine shows.
  const image = { shape: [1, channels, height, width] as const, values: values.subarray(0, channels * height * width) };
  const linear = arithmeticOf(conv).reference(conv, [image], parameters);
  const operator = { kind: 'activation', function: activation } as const;
  const active = arithmeticOf(operator).reference(operator, [linear.output], null);
  for (const [id, { shape: expectedShape, values: expected }] of [
    ['conv', linear.output],
    ['activation', active.output],
  ] as const) {
    const tensor = run.tensors[id];
    if (!tensor) continue;
    expect(tensor.shape.slice(1)).toEqual(expectedShape.slice(1));
    const [, c, h, w] = expectedShape;
    const actual = await engine.read(tensor, { channel: 0, channels: c, y: 0, x: 0, height: h, width: w });
    let worst = { ratio: 0, at: 0 };
    for (let i = 0; i < actual.length; i++) {
      const ratio = Math.abs(actual[i]! - expected[i]!) / (1 + linear.magnitude[i]!);
      if (!(ratio <= worst.ratio)) worst = { ratio, at: i };
    }
    if (!(worst.ratio <= bound)) {
      const { at, ratio } = worst;
      const place = `channel ${Math.floor(at / (h * w))} row ${Math.floor(at / w) % h} column ${at % w}`;
      expect.fail(
        `${run.programs.join(', ')}: ${id} is off by ${ratio} (1 + sum of |terms|) at ${place}: ${actual[at]} instead of ${expected[at]}\n${JSON.stringify({ conv, shape })}`,
      );
    }
    tensor.free();
  }
  input.free();
  expect(engine.counters.liveTensors).toBe(before);
  return run.programs;
}
