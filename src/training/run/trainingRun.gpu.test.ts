/** Training on the GPU, beside the CPU engine. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import type { Engine } from '../../engine/engine.ts';
import { createWebGPUEngine } from '../../engine/webgpu/index.ts';
import { lossesOf } from '../testing/lossFalls.ts';
import { tinyRun, tinyTest } from '../testing/tinyRun.ts';
import { evaluate } from './evaluate.ts';
import { TrainingRun } from './trainingRun.ts';

let gpu: Engine;
let cpu: Engine;
beforeAll(async () => {
  [gpu, cpu] = await Promise.all([createWebGPUEngine({ gpu: navigator.gpu }), createCpuEngine()]);
});
afterAll(() => {
  gpu.destroy();
  cpu.destroy();
});

async function losses(engine: Engine, steps: number, batchNorm: boolean): Promise<readonly number[]> {
  const run = await TrainingRun.start(engine, tinyRun({}, batchNorm));
  for (let step = 0; step < steps; step++) await run.advance();
  await run.settled();
  run.free();
  expect(engine.counters.liveTensors).toBe(0);
  return run.results.map(({ loss }) => loss);
}

it.each([true, false])('has the losses of the CPU engine in its first steps (batch norm: %s)', async (batchNorm) => {
  const [one, other] = [await losses(gpu, 4, batchNorm), await losses(cpu, 4, batchNorm)];
  expect(one).toHaveLength(4);
  for (const [i, loss] of one.entries()) expect(Math.abs(loss / other[i]! - 1)).toBeLessThan(1e-3);
  expect(Math.abs(one[0]! / other[0]! - 1)).toBeLessThan(1e-5);
});

it.each(['residual', 'separable'] as const)('a small %s network of the Network screen learns', async (name) => {
  const [first, last] = await lossesOf(gpu, name);
  expect(last).toBeLessThan(0.9 * first);
  expect(gpu.counters.liveTensors).toBe(0);
});

it('goes on from a checkpoint with the same bits, and learns shapes clearly better than chance', async () => {
  const run = await TrainingRun.start(gpu, tinyRun());
  for (let step = 0; step < 5; step++) await run.advance();
  const saved = await run.checkpoint();
  const again = await TrainingRun.start(gpu, run.configuration, saved);
  for (const each of [run, again]) while ((await each.advance()).state === 'running');
  expect(await again.checkpoint()).toEqual(await run.checkpoint());
  expect(again.programsChanged).toBe(false);
  const { trainee } = run.configuration;
  const given = { trainee, weights: await run.weights(), data: tinyTest, range: run.range };
  const { accuracy } = await evaluate(gpu, given, new AbortController().signal);
  expect(accuracy.share).toBeGreaterThan(0.3);
  for (const each of [run, again]) each.free();
});
