/** Mean and variance of maps, as a batch norm takes them, on both engines. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConv2d } from '../operators/conv2d/index.ts';
import { createCpuEngine } from './cpu/index.ts';
import type { Engine } from './engine.ts';
import { createWebGPUEngine } from './webgpu/index.ts';

/** In float64, in two passes. */
function momentsOf(values: Float32Array): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

const noise = (seed: number, length: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(1e4 * Math.sin(seed + i)));

const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['on WebGPU', () => createWebGPUEngine({ gpu: navigator.gpu })],
  ['on the CPU', async () => createCpuEngine()],
];

describe.each(engines)('the moments of maps %s', (_, open) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.destroy());

  it('are right to 1e-5 however large the mean is beside the deviation', async () => {
    const maps = fc.record({
      height: fc.integer({ min: 1, max: 90 }),
      width: fc.integer({ min: 1, max: 90 }),
      mean: fc.constantFrom(0, 1, -30, 1000),
      deviation: fc.constantFrom(1, 1e-2),
      seed: fc.nat(1000),
    });
    await fc.assert(
      fc.asyncProperty(maps, async ({ height, width, mean, deviation, seed }) => {
        const plane = height * width;
        const values = noise(seed, 5 * plane).map((value, i) => mean * Math.floor(i / plane) + deviation * value);
        const tensor = await engine.upload(values, [1, 5, height, width]);
        const found = await engine.moments(tensor);
        tensor.free();
        expect(found).toHaveLength(5);
        for (const [c, moments] of found.entries()) {
          const expected = momentsOf(values.subarray(c * plane, (c + 1) * plane));
          expect(Math.abs(moments.mean - expected.mean)).toBeLessThanOrEqual(
            1e-6 * (Math.abs(expected.mean) + deviation),
          );
          expect(Math.abs(moments.variance - expected.variance)).toBeLessThanOrEqual(1e-5 * expected.variance + 1e-12);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('of a flat map are its value and 0', async () => {
    const tensor = await engine.upload(new Float32Array(70 * 70).fill(12345.678), [1, 1, 70, 70]);
    const [moments] = await engine.moments(tensor);
    expect(moments!.mean).toBeCloseTo(12345.678, 2);
    expect(moments!.variance).toBeLessThan(1e-9);
    tensor.free();
  });
});

describe('maps that are too large to keep', () => {
  it('have moments as right as those that are kept', async () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 8, kernelSize: [3, 3], padding: 'same' });
    const size = 96;
    const weight = noise(3, 72).map((value) => 1 + 0.01 * value);
    const request = {
      graph: {
        nodes: [
          { id: 'input', operator: { kind: 'input', channels: 1 } as const, inputs: [] },
          { id: 'conv', operator: conv, inputs: ['input'] },
        ],
      },
      parameters: { conv: { weight, bias: new Float32Array(8).fill(100) } },
      outputs: ['conv'],
    };
    const holdsWith = async (memoryBudget: number) => {
      const engine = await createWebGPUEngine({ gpu: navigator.gpu, memoryBudget });
      const input = await engine.upload(noise(1, size * size), [1, 1, size, size]);
      const { tensors } = await engine.run({ ...request, inputs: { input } });
      const maps = tensors.conv!;
      const moments = await engine.moments(maps);
      const values = await engine.read(maps, { channel: 0, channels: 8, y: 0, x: 0, height: size, width: size });
      engine.destroy();
      for (const [c, { mean, variance }] of moments.entries()) {
        const expected = momentsOf(values.subarray(c * size * size, (c + 1) * size * size));
        expect(mean).toBeCloseTo(expected.mean, 4);
        expect(Math.abs(variance / expected.variance - 1)).toBeLessThan(1e-5);
      }
    };
    await holdsWith(2 ** 26);
    await holdsWith(600_000);
  });
});
