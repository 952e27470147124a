/**
 * Processor time of the threads that a driver on the CPU has started: the kernels, and the driver's handling of its queue, whatever else
 * the machine does. JavaScript is not in it, nor Dawn's event pump, which keeps a core busy while a promise is pending and so slows
 * both sides by the wall clock. Nor is a thread that waits for another: the wall clock on a quiet machine sees that.
 *
 * Where the threads neither compute nor wait for a processor while runs take their time, a device of its own computes: then the wall clock counts.
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
  return byBusyClock(
    () => threadTimes(readdirSync(tasks).filter((id) => !known.has(id))),
    () => performance.now(),
  );
}

/** Milliseconds since the threads began: on a processor, and ready to run while others had it. */
export interface ThreadTimes {
  readonly ran: number;
  readonly waited: number;
}

function threadTimes(ids: readonly string[]): ThreadTimes {
  let [ran, waited] = [0, 0];
  for (const id of ids) {
    // In nanoseconds, then how many slices.
    const [on, ready] = readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ');
    ran += Number(on) / 1e6;
    waited += Number(ready) / 1e6;
  }
  return { ran, waited };
}

/**
 * By the time that `threads` ran, or by `wall` where the first runs that are long enough leave them idle; from then on always by the same. A
 * thread that waits for a processor is not idle: a busy machine would look like a device otherwise.
 */
export function byBusyClock(threads: () => ThreadTimes, wall: () => number): Timed {
  let clock: 'threads' | 'wall' | null = null;
  return async (contender, times) => {
    const before = { threads: threads(), wall: wall() };
    await contender.run(times);
    const after = threads();
    const ran = after.ran - before.threads.ran;
    const busy = ran + after.waited - before.threads.waited;
    const passed = wall() - before.wall;
    if (!clock && passed < longEnough) return passed;
    clock ??= busy < busyShare * passed ? 'wall' : 'threads';
    return clock === 'wall' ? passed : ran;
  };
}
