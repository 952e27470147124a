/** The networks that ship, loaded as the page loads them and computed on WebGPU: every node held against float64. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createWebGPUEngine } from '../../engine/webgpu/index.ts';
import { loadTrainedSample } from './samples.ts';
import { largestError } from './testing/onEngine.ts';

describe('on WebGPU every node agrees with float64', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createWebGPUEngine({ gpu: navigator.gpu });
  });
  afterAll(() => engine.destroy());

  it.each([
    ['posenet', [1, 3, 33, 35]],
    ['blazeface-front', [1, 3, 40, 33]],
    ['esrgan-slim-x2', [1, 3, 12, 15]],
    ['nin-g08', [1, 3, 16, 16]],
    ['nin-g16-init', [1, 3, 16, 16]],
  ] as const)('%s', async (name, shape) => {
    const network = await loadTrainedSample(name);
    if (!network.ok) throw new Error(network.error.code);
    expect(await largestError(engine, network.value, shape)).toBeLessThan(1e-5);
  });

  it('is loaded once', async () => {
    expect(await loadTrainedSample('nin-g08')).toBe(await loadTrainedSample('nin-g08'));
  });
});
