import { describe, expect, it } from 'vitest';
import { hash32, mix32, normalAt, uniformAt } from './random.ts';

const draws = 20_000;

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

describe('random numbers by place', () => {
  it('depend on seed, stream and index alone', () => {
    expect(hash32(7, 3, 11)).toBe(hash32(7, 3, 11));
    expect(new Set([hash32(7, 3, 11), hash32(8, 3, 11), hash32(7, 4, 11), hash32(7, 3, 12)]).size).toBe(4);
  });

  it('never collide over the indices of one stream: the mixer is a bijection', () => {
    expect(new Set(Array.from({ length: draws }, (_, i) => mix32(i))).size).toBe(draws);
  });

  it('are uniform in (-1, 1) with mean 0 and variance 1/3, exact in float32', () => {
    const values = Array.from({ length: draws }, (_, i) => uniformAt(1, 0, i));
    const { mean, variance } = moments(values);
    expect(mean).toBeCloseTo(0, 1);
    expect(Math.abs(variance - 1 / 3)).toBeLessThan(0.01);
    expect(values.every((value) => Math.abs(value) < 1 && Math.fround(value) === value)).toBe(true);
  });

  it('are normal with mean 0 and variance 1, exact in float32; 68 % lie within one deviation', () => {
    const values = Array.from({ length: draws }, (_, i) => normalAt(1, 0, i));
    const { mean, variance } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    const within = values.filter((value) => Math.abs(value) < 1).length / draws;
    expect(Math.abs(within - 0.683)).toBeLessThan(0.015);
    expect(values.every((value) => Math.fround(value) === value)).toBe(true);
  });

  it('of neighbouring streams are not alike', () => {
    let product = 0;
    for (let i = 0; i < draws; i++) product += normalAt(5, 0, i) * normalAt(5, 1, i);
    expect(Math.abs(product / draws)).toBeLessThan(0.03);
  });
});
