import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../../engine/engine.ts';
import { createWebGPUEngine } from '../../../engine/webgpu/index.ts';
import { unitLaws } from './testing/unitLaws.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createWebGPUEngine({ gpu: navigator.gpu });
});
afterAll(() => engine.destroy());

describe('the effective field of a unit on the screen, on the GPU', () => {
  unitLaws(() => engine);
});
