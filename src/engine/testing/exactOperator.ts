/** Holds an engine to the float64 reference for any operator: |error| <= 1e-5 (1 + sum of |terms|). For tests. */

import { expect } from 'vitest';
import type { OperatorCase } from '../../../tests/support/cases/operatorCase.ts';
import type { Graph } from '../../graph/graph.ts';
import { arithmeticOf } from '../../operators/arithmeticOf.ts';
import type { Engine } from '../engine.ts';

/**
 * Runs the case on the engine and compares every value. An engine shows batch 0 alone, so the images of a batch become channels of one
 * image first. Returns the programs that ran.
 */
export async function expectExactOperator(
  engine: Engine,
  { operator, inputs, parameters }: OperatorCase,
): Promise<readonly string[]> {
  const names = inputs.map((_, i) => `input${i}`);
  const { output, magnitude } = arithmeticOf(operator).reference(operator, inputs, parameters);
  const [images, perImage, height, width] = output.shape;
  const channels = images * perImage;
  const wanted = images === 1 ? 'node' : 'images';
  const graph: Graph = {
    nodes: [
      ...inputs.map(({ shape }, i) => ({
        id: names[i]!,
        operator: { kind: 'input', channels: shape[1] } as const,
        inputs: [],
      })),
      { id: 'node', operator, inputs: names },
      { id: 'images', operator: { kind: 'reshape', shape: [1, channels, height, width] }, inputs: ['node'] },
    ],
  };
  const before = engine.counters.liveTensors;
  const tensors = await Promise.all(inputs.map(({ shape, values }) => engine.upload(values, shape)));
  const run = await engine.run({
    graph,
    inputs: Object.fromEntries(tensors.map((tensor, i) => [names[i]!, tensor])),
    parameters: parameters ? { node: parameters } : {},
    outputs: [wanted],
  });
  await run.completed;
  const result = run.tensors[wanted]!;
  expect(result.shape).toEqual(images === 1 ? output.shape : [1, channels, height, width]);
  const actual = await engine.read(result, { channel: 0, channels, y: 0, x: 0, height, width });
  actual.forEach((value, i) => {
    const wanted = output.values[i]!;
    const error = Math.abs(value - wanted) / (1 + magnitude[i]!);
    if (error <= 1e-5 || Object.is(value, wanted)) return;
    const place = `channel ${Math.floor(i / (height * width))} row ${Math.floor(i / width) % height} column ${i % width}`;
    const shapes = inputs.map(({ shape }) => shape);
    expect.fail(
      `${run.programs.join(', ')}: ${value} instead of ${wanted} at ${place}\n${JSON.stringify({ operator, shapes })}`,
    );
  });
  for (const tensor of [result, ...tensors]) tensor.free();
  expect(engine.counters.liveTensors).toBe(before);
  return run.programs;
}
