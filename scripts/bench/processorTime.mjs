/** Processor time of a browser: all threads of all processes that this one has started (Linux). */
import { readdirSync, readFileSync } from 'node:fs';

/** A process may end while it is read. */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function tasksOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Every process below this one. */
function descendants() {
  const parents = new Map();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // "pid (name) state ppid ...", and a name may hold brackets.
    const parent = read(`/proc/${pid}/stat`)?.split(') ').at(-1)?.split(' ')[1];
    if (parent) parents.set(pid, parent);
  }
  const isBelow = (pid) => pid !== undefined && (pid === String(process.pid) || isBelow(parents.get(pid)));
  return [...parents.keys()].filter((pid) => pid !== String(process.pid) && isBelow(pid));
}

/** Milliseconds that they have used so far; schedstat: ns on a processor, ns waiting, slices. */
export function processorMs() {
  let nanoseconds = 0;
  for (const pid of descendants()) {
    for (const task of tasksOf(pid))
      nanoseconds += Number(read(`/proc/${pid}/task/${task}/schedstat`)?.split(' ')[0] ?? 0);
  }
  return nanoseconds / 1e6;
}
