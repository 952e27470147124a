import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lifetime, mostAlive, placesOf } from './slots.ts';

const life = (bytes: number, from: number, to: number): Lifetime => ({ bytes, from, to });

describe('the places of tensors', () => {
  it('are two for a chain, however long: what a step reads and what it writes', () => {
    const chain = Array.from({ length: 20 }, (_, i) => life(100, i, i + 1));
    expect(placesOf(chain)).toEqual(chain.map(() => 100));
    expect(mostAlive(chain)).toBe(200);
  });

  it('of small tensors are those of large ones that are gone', () => {
    // 100 and 80 live together, then 80 and 30, then 30 and 10: 30 finds the place of 100, 10 that of 80.
    expect(placesOf([life(100, 0, 1), life(80, 1, 2), life(30, 2, 3), life(10, 3, 4)])).toEqual([100, 80, 100, 80]);
  });

  it('are its own size, or nearly, for a tensor that outlives the run', () => {
    expect(placesOf([life(100, 0, 1), life(60, 1, 2), life(10, 2, Infinity)])).toEqual([100, 60, 10]);
    expect(placesOf([life(100, 0, 1), life(60, 1, 2), life(90, 2, Infinity)])).toEqual([100, 60, 100]);
  });
});

const tensors = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 1000 }), fc.nat(30), fc.option(fc.nat(6)))
    .map(([bytes, from, length]) => life(bytes, from, length === null ? Infinity : from + length)),
  { minLength: 1, maxLength: 40 },
);

describe('the laws of places', () => {
  it('every place is large enough, and all of them together at least what lives at once', () => {
    fc.assert(
      fc.property(tensors, (lives) => {
        const places = placesOf(lives);
        for (const [i, bytes] of places.entries()) expect(bytes).toBeGreaterThanOrEqual(lives[i]!.bytes);
        const taken = mostAlive(lives.map((tensor, i) => ({ ...tensor, bytes: places[i]! })));
        expect(taken).toBeGreaterThanOrEqual(mostAlive(lives));
        expect(mostAlive(lives)).toBeGreaterThanOrEqual(Math.max(...lives.map(({ bytes }) => bytes)));
      }),
    );
  });
});
