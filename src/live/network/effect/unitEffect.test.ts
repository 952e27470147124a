import { afterAll, describe } from 'vitest';
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import { unitLaws } from './testing/unitLaws.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

describe('the effective field of a unit on the screen, on the CPU engine', () => {
  unitLaws(() => engine);
});
