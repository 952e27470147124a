import { describe, expect, it } from 'vitest';
import type { NamedFilter } from '../../../../graph/weights/filterState.ts';
import { namedFilter } from '../../../../graph/weights/namedFilter.ts';
import type { Pair } from '../../../../operators/operator.ts';
import { separabilityOf } from './separability.ts';

const of = (name: NamedFilter, size: Pair = [3, 3]) => separabilityOf(namedFilter(name, size).values, size);

describe('is it separable', () => {
  it('yes: Sobel and Gaussian, at any size', () => {
    for (const size of [
      [3, 3],
      [5, 5],
      [7, 5],
    ] as const)
      for (const name of ['sobel_x', 'gaussian'] as const) expect([name, of(name, size).rank]).toEqual([name, 1]);
  });

  it('no: a Laplacian needs two, and its best rank 1 misses 10 %', () => {
    // 0 1 0, 1 -4 1, 0 1 0 has the singular values 2 ± √6.
    const { rank, ranked, singularValues } = of('laplacian');
    expect(rank).toBe(2);
    expect(singularValues[0]).toBeCloseTo(2 + Math.sqrt(6), 10);
    expect(ranked[0]!.relativeError).toBeCloseTo((Math.sqrt(6) - 2) / Math.sqrt(20), 10);
  });

  it('the terms up to a rank add up to the kernel of that rank', () => {
    const { terms, ranked } = of('laplacian');
    const sum = Array.from({ length: 9 }, (_, i) =>
      terms.slice(0, 2).reduce((all, { column, row }) => all + column[Math.floor(i / 3)]! * row[i % 3]!, 0),
    );
    for (const [i, value] of sum.entries()) expect(value).toBeCloseTo(ranked[1]!.kernel[i]!, 5);
  });

  it('says of zeros that there is nothing', () => {
    expect(separabilityOf(new Float32Array(9), [3, 3]).rank).toBe(0);
  });
});
