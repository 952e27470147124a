import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dot, matrix, multiply, rowOf, transposed } from '../math/matrix.ts';
import { symmetricEigen } from '../math/symmetricEigen.ts';
import { orderByCluster, orderByGroup } from './channelOrder.ts';
import { canonicalCorrelations, pearson, pearsonWithin, whitened } from './correlation.ts';
import { nearCopies } from './nearCopies.ts';
import { joinPairs } from './secondMoments.ts';
import { normalChannels, pairMoments } from './testing/samples.ts';

describe("Pearson's correlation", () => {
  it('of (1 2 3 4) with (2 4 6 8) is 1, with its reverse -1 and with (1 -1 -1 1) 0', () => {
    const x = matrix(1, 4, Float64Array.of(1, 2, 3, 4));
    const y = matrix(3, 4, Float64Array.of(2, 4, 6, 8, 4, 3, 2, 1, 1, -1, -1, 1));
    for (const [i, expected] of [1, -1, 0].entries())
      expect(pearson(pairMoments(x, y)).values[i]).toBeCloseTo(expected, 12);
  });

  it('with a dead channel, or one that is constant but for float32 rounding, is 0', () => {
    const x = normalChannels(3, 50, 1);
    rowOf(x, 0).fill(0);
    rowOf(x, 1).forEach((value, s) => {
      rowOf(x, 1)[s] = 3 + 1e-6 * value;
    });
    expect([...pearsonWithin(pairMoments(x, x).first).values]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('the whitened cross-covariance', () => {
  it('of two uncorrelated layers of unit variance that share one channel is that share', () => {
    // Four samples: the columns of a Hadamard matrix have mean 0 and are orthogonal.
    const x = matrix(2, 4, Float64Array.of(1, -1, 1, -1, 1, 1, -1, -1));
    const y = matrix(2, 4, Float64Array.of(1, -1, -1, 1, 1, -1, 1, -1));
    const m = whitened(pairMoments(x, y), 1e-12);
    for (const [i, expected] of [0, 1, 0, 0].entries()) expect(m.values[i]).toBeCloseTo(expected, 10);
  });

  it('undoes the covariance within each layer: roots times M times roots are S12 again', () => {
    const x = normalChannels(5, 300, 3);
    const y = multiply(normalChannels(4, 5, 4), x);
    y.values.forEach((value, i) => {
      y.values[i] = value + normalChannels(4, 300, 5).values[i]!;
    });
    const pair = pairMoments(x, y);
    const m = whitened(pair, 1e-12);
    const rootOf = (s: typeof m) => {
      const { values, vectors } = symmetricEigen(s);
      const scaled = matrix(s.rows, s.rows);
      values.forEach((value, i) => {
        rowOf(scaled, i).set(rowOf(vectors, i).map((v) => v * Math.sqrt(value)));
      });
      return multiply(transposed(vectors), scaled);
    };
    const back = multiply(multiply(rootOf(pair.first.products), m), rootOf(pair.second.products));
    const scale = Math.sqrt(dot(pair.between.products.values, pair.between.products.values));
    back.values.forEach((value, i) => {
      expect(Math.abs(value - pair.between.products.values[i]!)).toBeLessThan(1e-9 * scale);
    });
  });

  it('has canonical correlations from 0 to 1 whatever is dead or doubled', () => {
    const channels = fc.record({
      first: fc.integer({ min: 1, max: 9 }),
      second: fc.integer({ min: 1, max: 9 }),
      samples: fc.integer({ min: 2, max: 40 }),
      seed: fc.nat(1000),
      mean: fc.constantFrom(0, 1000),
    });
    fc.assert(
      fc.property(channels, ({ first, second, samples, seed, mean }) => {
        const [x, y] = [normalChannels(first, samples, seed), normalChannels(second, samples, seed + 1)];
        x.values.forEach((value, i) => {
          x.values[i] = value + mean;
        });
        rowOf(x, first - 1).set(rowOf(x, 0));
        rowOf(y, second - 1).fill(0);
        const m = whitened(pairMoments(x, y));
        const canonical = canonicalCorrelations(m);
        expect(canonical).toHaveLength(Math.min(first, second));
        for (const value of [...canonical, ...m.values]) expect(Math.abs(value)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has only ones as canonical correlations where the second layer is linear in the first', () => {
    const x = normalChannels(6, 200, 7);
    const y = multiply(normalChannels(4, 6, 8), x);
    for (const value of canonicalCorrelations(whitened(pairMoments(x, y), 1e-9))) expect(value).toBeGreaterThan(0.9999);
  });

  it('is zeros where a layer is dead', () => {
    const x = normalChannels(2, 10, 1);
    expect([...whitened(pairMoments(x, matrix(2, 10))).values]).toEqual([0, 0, 0, 0]);
  });
});

describe('moments of batches', () => {
  it('joined are those of all samples together, beside means of a thousand deviations', () => {
    const [x, y] = [normalChannels(3, 90, 2), normalChannels(2, 90, 3)];
    x.values.forEach((value, i) => {
      x.values[i] = value + 1000;
    });
    const part = (m: typeof x, from: number, to: number) =>
      matrix(
        m.rows,
        to - from,
        Float64Array.from({ length: m.rows * (to - from) }, (_, i) => {
          const width = to - from;
          return m.values[Math.floor(i / width) * m.columns + from + (i % width)]!;
        }),
      );
    const joined = [
      [0, 20],
      [20, 21],
      [21, 90],
    ]
      .map(([from, to]) => pairMoments(part(x, from!, to!), part(y, from!, to!)))
      .reduce(joinPairs);
    const whole = pairMoments(x, y);
    for (const of of ['first', 'second', 'between'] as const) {
      expect(joined[of].count).toBe(90);
      joined[of].products.values.forEach((value, i) => {
        expect(Math.abs(value - whole[of].products.values[i]!)).toBeLessThan(1e-9);
      });
      joined[of].means[0].forEach((value, i) => {
        expect(Math.abs(value - whole[of].means[0][i]!)).toBeLessThan(1e-9);
      });
    }
  });
});

describe('orders of channels', () => {
  it('by group keep the order within a group', () => {
    expect(orderByGroup([1, 0, 1, 0])).toEqual([1, 3, 0, 2]);
  });

  it('by cluster put copies side by side, whatever their sign', () => {
    const parents = normalChannels(4, 400, 9);
    const mixed = matrix(12, 400);
    for (let c = 0; c < 12; c++)
      rowOf(mixed, c).set(
        rowOf(parents, c % 4).map((value, s) => (c % 3 === 0 ? -1 : 1) * value + 0.1 * Math.sin(s * c)),
      );
    const order = orderByCluster(pearsonWithin(pairMoments(mixed, mixed).first));
    expect([...order].sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    const families = order.map((c) => c % 4);
    expect(families.filter((family, i) => i === 0 || family !== families[i - 1])).toHaveLength(4);
  });

  it('by cluster of 128 channels, dead ones among them, is a permutation', () => {
    const x = normalChannels(128, 20, 4);
    rowOf(x, 100).fill(0);
    const order = orderByCluster(pearsonWithin(pairMoments(x, x).first));
    expect(new Set(order).size).toBe(128);
  });
});

describe('nearly copies', () => {
  it('are told with slope and constant, from the one that varies more', () => {
    const x = normalChannels(3, 500, 6);
    rowOf(x, 0).set(rowOf(x, 2).map((value) => -0.5 * value + 3));
    const [only, ...others] = nearCopies(pairMoments(x, x).first);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ kept: 2, copy: 0 });
    expect(only!.slope).toBeCloseTo(-0.5, 12);
    expect(only!.intercept).toBeCloseTo(3, 12);
    expect(only!.correlation).toBeCloseTo(-1, 12);
  });
});
