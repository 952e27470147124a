import { describe, expect, it } from 'vitest';
import { refittedOffsets } from './movedTaps.ts';

const tap = (dy: number) => ({ dy, dx: 0, mask: 1 });
const kernel = (rows: number, columns: number, offsetGroups = 1) => ({
  kernelSize: [rows, columns] as const,
  offsetGroups,
});
const nine = { by: 'hand', taps: Array.from({ length: 9 }, (_, i) => tap(i + 1)) } as const;
const moves = (offsets: ReturnType<typeof refittedOffsets>) =>
  offsets.by === 'hand' ? offsets.taps.map(({ dy }) => dy) : null;

describe('taps moved by hand', () => {
  it('stay around the centre of a larger kernel, and come back with the smaller one', () => {
    const larger = refittedOffsets(nine, kernel(3, 3), kernel(5, 5));
    expect(moves(larger)).toEqual([
      ...[0, 0, 0, 0, 0],
      ...[0, 1, 2, 3, 0],
      ...[0, 4, 5, 6, 0],
      ...[0, 7, 8, 9, 0],
      ...[0, 0, 0, 0, 0],
    ]);
    expect(refittedOffsets(larger, kernel(5, 5), kernel(3, 3))).toEqual(nine);
    expect(moves(refittedOffsets(nine, kernel(3, 3), kernel(1, 3)))).toEqual([4, 5, 6]);
  });

  it('stay with their offset group; those of a new group stand still', () => {
    const two = refittedOffsets(nine, kernel(3, 3), kernel(3, 3, 2));
    expect(moves(two)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, ...Array(9).fill(0)]);
  });

  it('are untouched where the kernel stays, and other offsets always', () => {
    expect(refittedOffsets(nine, kernel(3, 3), kernel(3, 3))).toBe(nine);
    const convolved = { by: 'convolution' } as const;
    expect(refittedOffsets(convolved, kernel(3, 3), kernel(5, 5))).toBe(convolved);
  });
});
