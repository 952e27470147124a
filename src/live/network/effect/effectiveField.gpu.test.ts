import { afterAll, beforeAll, describe } from 'vitest';
import type { Engine } from '../../../engine/engine.ts';
import { createWebGPUEngine } from '../../../engine/webgpu/index.ts';
import { fieldLaws } from './testing/fieldLaws.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createWebGPUEngine({ gpu: navigator.gpu });
});
afterAll(() => engine.destroy());

describe('effective fields on the GPU', () => {
  fieldLaws(() => engine);
});
