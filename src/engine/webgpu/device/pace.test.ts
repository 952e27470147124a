/** How much one dispatch may hold, on devices that are only numbers: multiply-adds per second. */
import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

/** Runs `macs` multiply-adds `times` times on a device of this rate. */
function learn(pace: Pace, rate: number, macs: number, times: number): void {
  for (let run = 0; run < times; run++) pace.learn(['window'], macs, macs / rate);
}

/** How long the next dispatch may run there, in milliseconds. */
const dispatchMs = (pace: Pace, rate: number) => (1000 * pace.macsPerDispatch) / rate;

describe('the pace of dispatches', () => {
  it.each([2e9, 2e10, 1e12])('comes to 50 ms on a device of %d multiply-adds per second', (rate) => {
    const pace = new Pace(false);
    learn(pace, rate, 1e10, 5);
    expect(dispatchMs(pace, rate)).toBeCloseTo(50, 6);
  });

  it('is right after one long run on a device slower than the guess', () => {
    const pace = new Pace(true);
    learn(pace, 1e8, 1e9, 2);
    expect(dispatchMs(pace, 1e8)).toBeCloseTo(50, 6);
  });

  it('learns nothing from the first run of a program, which may wait for the compiler', () => {
    const pace = new Pace(false);
    const before = pace.macsPerDispatch;
    pace.learn(['window'], 1e9, 10);
    expect(pace.macsPerDispatch).toBe(before);
    pace.learn(['window', 'dense'], 1e9, 10);
    expect(pace.macsPerDispatch).toBe(before);
  });

  it('is not slowed by short runs, which are mostly overhead, and grows fourfold at most at a time', () => {
    const pace = new Pace(false);
    const before = pace.macsPerDispatch;
    learn(pace, 1e6, 1e4, 5);
    expect(pace.macsPerDispatch).toBe(before);
    learn(pace, 1e13, 1e10, 1);
    expect(pace.macsPerDispatch).toBeCloseTo(4 * before, 0);
  });

  it('goes no lower than a sixteenth of the guess, whatever a stalled device says', () => {
    const pace = new Pace(false);
    const before = pace.macsPerDispatch;
    learn(pace, 1, 1e9, 3);
    expect(pace.macsPerDispatch).toBe(before / 16);
  });
});
