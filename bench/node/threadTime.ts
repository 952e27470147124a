/**
 * Processor time of the threads that a driver on the CPU has started: the kernels, and the driver's handling of its queue, whatever else
 * the machine does. JavaScript is not in it, nor Dawn's event pump, which keeps a core busy while a promise is pending and so slows
 * both sides by the wall clock. Nor is a thread that waits for another: the wall clock on a quiet machine sees that.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Timed } from '../timing/rounds.ts';

const tasks = '/proc/self/task';

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
  return async (contender, times) => {
    const before = used();
    await contender.run(times);
    return used() - before;
  };
}
