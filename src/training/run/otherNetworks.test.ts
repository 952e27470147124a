/** Networks of the Network screen on the CPU engine. */
import { afterAll, expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/index.ts';
import { lossesOf } from '../testing/lossFalls.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

it.each(['residual', 'separable'] as const)('a small %s network learns, and leaves nothing behind', async (name) => {
  const [first, last] = await lossesOf(engine, name);
  expect(last).toBeLessThan(0.9 * first);
  expect(engine.counters.liveTensors).toBe(0);
});
