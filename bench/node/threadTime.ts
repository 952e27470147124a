/**
 * Processor time of the threads that a driver on the CPU has started: the kernels, and the driver's handling of its queue, whatever else
 * the machine does. JavaScript is not in it, nor Dawn's event pump, which keeps a core busy while a promise is pending and so slows
 * both sides by the wall clock. Nor is a thread that waits for another: the wall clock on a quiet machine sees that.
 *
 * Where the threads do next to nothing while runs take their time, a device of its own computes: then the wall clock counts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Timed } from '../timing/rounds.ts';

const tasks = '/proc/self/task';

/** Before that much has run, in milliseconds, nobody knows which clock to go by; threads that compute are busy for most of it. */
const longEnough = 20;
const busyShare = 0.2;

/** Call it before the driver is opened: the threads that are there already are Node's. */
export function byNewThreads(): Timed {
  const known = new Set(readdirSync(tasks));
  /** Milliseconds since the process began; schedstat: ns on a processor, ns waiting, slices. */
  const used = (): number => {
    const ids = readdirSync(tasks).filter((id) => !known.has(id));
    return (
      ids.reduce((sum, id) => sum + Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6
    );
  };
  return byBusyClock(used, () => performance.now());
}

/** By `threads`, or by `wall` where the first runs that are long enough leave the threads idle; from then on always by the same. */
export function byBusyClock(threads: () => number, wall: () => number): Timed {
  let clock: (() => number) | null = null;
  return async (contender, times) => {
    const before = { threads: threads(), wall: wall() };
    await contender.run(times);
    const passed = { threads: threads() - before.threads, wall: wall() - before.wall };
    if (!clock && passed.wall < longEnough) return passed.wall;
    clock ??= passed.threads < busyShare * passed.wall ? wall : threads;
    return clock === wall ? passed.wall : passed.threads;
  };
}
