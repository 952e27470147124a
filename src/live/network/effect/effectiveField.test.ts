import { afterAll, describe } from 'vitest';
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import { fieldLaws } from './testing/fieldLaws.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

describe('effective fields on the CPU engine', () => {
  fieldLaws(() => engine);
});
