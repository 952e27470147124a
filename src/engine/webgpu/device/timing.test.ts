/** How often a run is repeated for its time, with a clock and a queue of the test's own. */
import { describe, expect, it } from 'vitest';
import type { Device } from '../evaluation.ts';
import { type Clock, timeRuns } from './timing.ts';

/** A clock that answers with `ticks(runs)` to a pass of so many runs. */
function setUp(ticks: (runs: number) => number | 'no-time' | 'split') {
  const counts = { runs: 0, discards: 0 };
  const recorder = { submit: () => undefined, discard: () => counts.discards++ };
  const clock: Clock = {
    measure: async (_, record) => {
      const before = counts.runs;
      record();
      return ticks(counts.runs - before);
    },
  };
  const record = () => {
    counts.runs++;
  };
  const queue = { onSubmittedWorkDone: () => new Promise<undefined>((resolve) => setTimeout(resolve, 31)) };
  return { counts, record, time: (run: () => void) => timeRuns({ recorder } as unknown as Device, queue, clock, run) };
}

describe('the time of a run', () => {
  it('is the mean over about 10 ms of the device’s clock', async () => {
    const { time, record } = setUp((runs) => runs * 0.5);
    expect(await time(record)).toEqual({ ms: 0.5, method: 'timestamp-query', runs: 20 });
  });

  it('of a run that one submission does not hold comes from the wall, after one attempt by the clock', async () => {
    const { time, record, counts } = setUp(() => 'split');
    const timing = await time(record);
    expect(timing.method).toBe('wall');
    expect(timing.runs).toBe(1);
    expect(counts.runs).toBe(2);
  });

  it('comes from the wall where the clock’s ticks are coarser than 256 runs', async () => {
    const { time, record } = setUp(() => 'no-time');
    expect((await time(record)).method).toBe('wall');
  });

  it('that fails leaves nothing recorded', async () => {
    const { time, counts } = setUp(() => 1);
    await expect(
      time(() => {
        throw new Error('not compiled');
      }),
    ).rejects.toThrow('not compiled');
    expect(counts.discards).toBe(1);
  });
});
