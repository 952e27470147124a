/** The two programs compute what they say, so that no step of them can have been left out; and the engine's peak is a rate. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dispatch, Program } from '../../operators/programs/program.ts';
import { Pipelines } from './device/pipelines.ts';
import { createWebGPUEngine } from './index.ts';
import { chainCounts, copyProgram, dispatchCopy, dispatchFma, fmaProgram } from './peak.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await (await navigator.gpu.requestAdapter())!.requestDevice();
});
afterAll(() => device.destroy());

/** Runs one dispatch and gives the floats of its last binding, which is `floats` long; `input` is what it reads. */
async function run(program: Program, dispatch: Dispatch, floats: number, input?: Float32Array<ArrayBuffer>) {
  const { pipeline, layout } = await new Pipelines(device).compile(program);
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const filled = (values: ArrayBuffer | Float32Array<ArrayBuffer>, usage: number): GPUBuffer => {
    const buffer = device.createBuffer({ size: values.byteLength, usage: usage | COPY_DST });
    device.queue.writeBuffer(buffer, 0, values);
    return buffer;
  };
  const output = device.createBuffer({ size: 4 * floats, usage: STORAGE | COPY_SRC });
  const readable = device.createBuffer({ size: 4 * floats, usage: MAP_READ | COPY_DST });
  const buffers = [filled(dispatch.uniforms, UNIFORM), ...(input ? [filled(input, STORAGE)] : []), output];
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }), [0]);
  pass.dispatchWorkgroups(...dispatch.workgroups);
  pass.end();
  encoder.copyBufferToBuffer(output, 0, readable, 0, 4 * floats);
  device.queue.submit([encoder.finish()]);
  await readable.mapAsync(1);
  return new Float32Array(readable.getMappedRange().slice(0));
}

describe('the peak', () => {
  it.each(chainCounts)('takes every step of all %i chains: one more in each lane per step', async (chains) => {
    const [invocations, rounds] = [128, 3];
    const found = await run(fmaProgram(chains), dispatchFma(invocations, rounds), 4 * invocations);
    found.forEach((value, at) => {
      const [invocation, lane] = [Math.floor(at / 4), at % 4];
      // Chain v of lane l begins at i + 4 v + l and grows by one in each of 3 · 8 steps.
      const begin = (invocation % 64) + lane;
      expect(value).toBe(chains * (begin + 24) + (4 * chains * (chains - 1)) / 2);
    });
  });

  it('copies every vec4, in rows where one dimension of the grid is too short', async () => {
    const values = Float32Array.from({ length: 16 * 1000 }, (_, i) => i + 1);
    const dispatch = dispatchCopy(values.byteLength, { maxWorkgroupsPerDimension: 5 });
    expect(dispatch.workgroups).toEqual([4, 4, 1]);
    expect(await run(copyProgram, dispatch, values.length, values)).toEqual(values);
  });

  it('is measured once, in rates above 0, and leaves none of its large buffers behind', async () => {
    const engine = await createWebGPUEngine({ gpu: navigator.gpu, memoryBudget: 32 * 2 ** 20 });
    const [peak, again] = await Promise.all([engine.peak(), engine.peak()]);
    expect(again).toBe(peak);
    expect(peak?.gflops).toBeGreaterThan(0);
    expect(peak?.gigabytesPerSecond).toBeGreaterThan(0);
    expect(Number.isFinite(peak?.gflops)).toBe(true);
    expect(Number.isFinite(peak?.gigabytesPerSecond)).toBe(true);
    expect(engine.counters.bytesAllocated).toBeLessThan(2 ** 20);
    engine.destroy();
  });
});
