import { describe, expect, it } from 'vitest';
import { walk, withWeight } from './editWeights.ts';

describe('setting a weight', () => {
  // Two slices of 1 x 2: [1, 2] and [3, 4].
  const values = Float32Array.of(1, 2, 3, 4);

  it('changes one slice alone and leaves the given numbers as they are', () => {
    expect([...withWeight(values, [1, 2], { slice: 1, y: 0, x: 0 }, 1, 9)]).toEqual([1, 2, 9, 4]);
    expect([...values]).toEqual([1, 2, 3, 4]);
  });

  it('changes the same place of every slice', () => {
    expect([...withWeight(values, [1, 2], { slice: 0, y: 0, x: 1 }, 'all', 7)]).toEqual([1, 7, 3, 7]);
  });
});

describe('walking the grid by keys', () => {
  it('goes from the last column of R to the first of G in the same row', () => {
    const from = { slice: 0, y: 1, x: 2 };
    expect(walk(from, 'ArrowRight', [3, 3], [0, 1, 2])).toEqual({ slice: 1, y: 1, x: 0 });
  });

  it('stays inside when only one slice is shown', () => {
    expect(walk({ slice: 1, y: 0, x: 2 }, 'ArrowRight', [3, 3], [1])).toEqual({ slice: 1, y: 0, x: 2 });
    expect(walk({ slice: 1, y: 0, x: 2 }, 'ArrowUp', [3, 3], [1])).toEqual({ slice: 1, y: 0, x: 2 });
  });

  it('leaves other keys alone', () => {
    expect(walk({ slice: 0, y: 0, x: 0 }, 'a', [3, 3], [0])).toBeNull();
  });
});
