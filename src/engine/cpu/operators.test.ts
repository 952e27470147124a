/** Every kind on the CPU engine against the float64 reference. */
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { kindCases } from '../../../tests/support/cases/index.ts';
import { expectExactOperator } from '../testing/exactOperator.ts';
import { createCpuEngine } from './index.ts';

const engine = await createCpuEngine();
afterAll(() => engine.destroy());

describe.each(kindCases)('$kind on the CPU engine', ({ kind, random, edges }) => {
  it('is exact for random attributes, shapes and values', async () => {
    await fc.assert(
      fc.asyncProperty(random, async (one) => {
        expect(one.operator.kind).toBe(kind);
        await expectExactOperator(engine, one);
      }),
      { numRuns: 40 },
    );
  });

  it('is exact at the edges', async () => {
    for (const one of edges) await expectExactOperator(engine, one);
  });
});
