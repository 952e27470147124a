import { expect, it } from 'vitest';
import { foldAffine } from './foldAffine.ts';

it('scales every filter and its bias, and adds the offset: (w x + b) s + t = (s w) x + (s b + t)', () => {
  const values = { weight: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(10, 20) };
  const perFilter = (i: number) => Math.floor(i / 2);
  expect(foldAffine(values, Float64Array.of(2, 3), Float64Array.of(0.5, -1), perFilter)).toEqual({
    weight: Float32Array.of(2, 4, 9, 12),
    bias: Float32Array.of(20.5, 59),
  });
  expect(
    foldAffine({ ...values, bias: null }, Float64Array.of(2, 3), Float64Array.of(0.5, -1), perFilter).bias,
  ).toEqual(Float32Array.of(0.5, -1));
});
