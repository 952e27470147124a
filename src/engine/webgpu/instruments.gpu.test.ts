/** What the engine tells of its device, and a profile of a small network on it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { profileRun } from '../profile.ts';
import { createWebGPUEngine } from './index.ts';
import { createConv2d } from './testing/convolutions.ts';
import { layerGraph, randomValues } from './testing/exactness.ts';

describe('the instruments', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu, memoryBudget: 64 * 2 ** 20 });
  });
  afterAll(() => engine.destroy());

  it('tell the limits of the device, and its memory', async () => {
    const instruments = (await engine.instruments())!;
    expect(instruments.limits.maxStorageBufferBindingSize).toBeGreaterThanOrEqual(2 ** 27);
    expect(instruments.limits.maxComputeWorkgroupStorageSize).toBeGreaterThanOrEqual(16384);
    const { inUse, idle, budget } = instruments.memory();
    expect(inUse + idle).toBe(engine.counters.bytesAllocated);
    expect(budget).toBe(64 * 2 ** 20);
    expect(instruments.compileMs('no such program')).toBeNull();
  });

  it('measure each operator of a run, with its peak and how long its program was compiled', async () => {
    const first = createConv2d({ inChannels: 3, outChannels: 8, kernelSize: [3, 3] });
    const second = createConv2d({ inChannels: 8, outChannels: 4, kernelSize: [1, 1] });
    const graph = {
      nodes: [...layerGraph(first, 'relu').nodes, { id: 'second', operator: second, inputs: ['activation'] }],
    };
    const parameters = {
      conv: { weight: randomValues(216, 1), bias: randomValues(8, 2) },
      second: { weight: randomValues(32, 3), bias: randomValues(4, 4) },
    };
    const input = await engine.upload(randomValues(3 * 400, 5), [1, 3, 20, 20]);
    const request = { graph, parameters, inputs: { input }, outputs: ['second'] };
    const { operators, whole, peak } = await profileRun(engine, request, () => {}, new AbortController().signal);
    expect(operators.map(({ node, fused }) => [node, ...fused])).toEqual([['conv', 'activation'], ['second']]);
    for (const { timing, compileMs, programs } of operators) {
      expect(programs).toHaveLength(1);
      expect(timing?.ms).toBeGreaterThan(0);
      expect(compileMs).toBeGreaterThan(0);
    }
    expect(whole.ms).toBeGreaterThan(0);
    expect(peak?.gflops).toBeGreaterThan(0);
    expect(engine.counters.liveTensors).toBe(1);
    input.free();
  });
});
