import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  droppedCount,
  droppedInput,
  outputSize,
  readInterval,
  tensorflowSame,
  validTaps,
  type Window,
} from './window.ts';

const windows: fc.Arbitrary<Window> = fc.record({
  input: fc.integer({ min: 1, max: 30 }),
  kernel: fc.integer({ min: 1, max: 7 }),
  stride: fc.integer({ min: 1, max: 8 }),
  dilation: fc.integer({ min: 1, max: 4 }),
  before: fc.nat(9),
  after: fc.nat(9),
});

/** Every position of the window by walking it over the padded input, as a list of the pixels under its taps. */
function walk({ input, kernel, stride, dilation, before, after }: Window): number[][] {
  const positions: number[][] = [];
  for (let start = -before; start + dilation * (kernel - 1) < input + after; start += stride) {
    positions.push(Array.from({ length: kernel }, (_, tap) => start + tap * dilation));
  }
  return positions;
}

describe('a sliding window', () => {
  it('of 3 over 7 pixels stands at 5 places; with stride 2 and padding 1 at 4', () => {
    const window = { input: 7, kernel: 3, stride: 1, dilation: 1, before: 0, after: 0 };
    expect(outputSize(window)).toBe(5);
    expect(outputSize({ ...window, stride: 2, before: 1, after: 1 })).toBe(4);
  });

  it('of 3 with dilation 4 spans 9 pixels and does not fit into 8', () => {
    const window = { input: 8, kernel: 3, stride: 1, dilation: 4, before: 0, after: 0 };
    expect(outputSize(window)).toBe(0);
    expect(outputSize({ ...window, input: 9 })).toBe(1);
  });

  it('of 3 with stride 2 drops the last of 8 columns', () => {
    const window = { input: 8, kernel: 3, stride: 2, dilation: 1, before: 0, after: 0 };
    expect(droppedCount(window)).toBe(1);
    expect(droppedInput(window)).toEqual({ lo: 7, hi: 7 });
    // With padding behind, it is the padding that is dropped.
    expect(droppedInput({ ...window, after: 1, input: 7 })).toEqual({ lo: 7, hi: 6 });
  });

  it('over 5 pixels with padding 1 has 13 of its 15 taps on the input', () => {
    expect(validTaps({ input: 5, kernel: 3, stride: 1, dilation: 1, before: 1, after: 1 })).toBe(13);
  });

  it('stands, reads, drops and counts as walking it does', () => {
    fc.assert(
      fc.property(windows, (window) => {
        const positions = walk(window);
        expect(outputSize(window)).toBe(positions.length);
        const inside = positions.flat().filter((at) => at >= 0 && at < window.input);
        expect(validTaps(window)).toBe(inside.length);
        if (positions.length === 0) return;
        const last = positions.at(-1)!;
        expect(window.input + window.after - 1 - last.at(-1)!).toBe(droppedCount(window));
        positions.forEach((taps, output) => {
          expect(readInterval(window, { lo: output, hi: output })).toEqual({ lo: taps[0], hi: taps.at(-1) });
        });
      }),
      { numRuns: 500 },
    );
  });

  it("under TensorFlow's SAME gives ceil(i / s) outputs, the larger half of the padding behind", () => {
    expect(tensorflowSame({ input: 5, kernel: 3, stride: 2, dilation: 1 })).toEqual({ before: 1, after: 1 });
    expect(tensorflowSame({ input: 6, kernel: 3, stride: 2, dilation: 1 })).toEqual({ before: 0, after: 1 });
    fc.assert(
      fc.property(windows, (window) => {
        const { before, after } = tensorflowSame(window);
        expect(outputSize({ ...window, before, after })).toBe(Math.ceil(window.input / window.stride));
        expect(after - before === 0 || after - before === 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
