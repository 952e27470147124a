import { describe, expect, it } from 'vitest';
import { ranksOfKernel } from './singleKernel.ts';

describe('a single kernel', () => {
  it('Sobel is (1 2 1)ᵀ times (-1 0 1): one singular value, √6 √2, and rank 1 is exact', () => {
    const { singularValues, ranked } = ranksOfKernel(Float32Array.of(-1, 0, 1, -2, 0, 2, -1, 0, 1), [3, 3]);
    expect(singularValues[0]).toBeCloseTo(Math.sqrt(12), 14);
    expect([...singularValues.subarray(1)]).toEqual([0, 0]);
    expect(ranked[0]!.relativeError).toBe(0);
    expect(ranked[0]!.kernel[3]).toBeCloseTo(-2, 14);
  });

  it('a binomial Gaussian of 5 x 5 has rank 1', () => {
    const row = [1, 4, 6, 4, 1];
    const kernel = Float64Array.from(row.flatMap((a) => row.map((b) => (a * b) / 256)));
    expect(ranksOfKernel(kernel, [5, 5]).ranked[0]!.relativeError).toBe(0);
  });

  it('a sampled Gaussian in float32 has rank 1 up to the rounding of its values', () => {
    const kernel = Float32Array.from({ length: 49 }, (_, i) =>
      Math.exp(-((Math.floor(i / 7) - 3) ** 2 + ((i % 7) - 3) ** 2) / 4),
    );
    expect(ranksOfKernel(kernel, [7, 7]).ranked[0]!.relativeError).toBeLessThan(1e-7);
  });

  it('the Laplacian (0 1 0; 1 -4 1; 0 1 0) has singular values √6 + 2 and √6 - 2: rank 1 loses (√6 - 2) / √20, rank 2 nothing', () => {
    // On vectors (a, b, a) it is (b, 2a - 4b, b), whose eigenvalues solve λ² + 4λ - 2 = 0; (1, 0, -1) goes to 0.
    const { singularValues, ranked } = ranksOfKernel(Float32Array.of(0, 1, 0, 1, -4, 1, 0, 1, 0), [3, 3]);
    expect(singularValues[0]).toBeCloseTo(Math.sqrt(6) + 2, 13);
    expect(singularValues[1]).toBeCloseTo(Math.sqrt(6) - 2, 13);
    expect(ranked[0]!.relativeError).toBeCloseTo((Math.sqrt(6) - 2) / Math.sqrt(20), 13);
    expect(ranked[1]!.relativeError).toBe(0);
  });

  it('of 2 x 3 has two ranks, and of zeros errs by 0', () => {
    const { ranked } = ranksOfKernel(new Float32Array(6), [2, 3]);
    expect(ranked.map(({ rank, relativeError }) => [rank, relativeError])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });
});
