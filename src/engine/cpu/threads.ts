/**
 * The threads that do the engine's arithmetic: this one, and helpers behind message ports. Each takes the next task when it has
 * finished one; helpers are given one ahead, so that they need not wait while this thread computes.
 */
import type { Arithmetic } from './arithmetic.ts';
import type { ConvTask } from './convTask.ts';

export interface Threads {
  readonly count: number;
  /** About so many multiplications make a task; see `Arithmetic`. */
  readonly macsPerTask: Arithmetic['macsPerTask'];
  /**
   * Does all tasks and hands each result to `take` as it comes, in any order; what it gets is its own until it returns. Ends early, leaving the rest, when `isUnwanted`
   * becomes true.
   */
  run<T>(
    jobs: Iterable<T>,
    taskOf: (job: T) => ConvTask,
    take: (job: T, values: Float32Array) => void,
    isUnwanted: () => boolean,
  ): Promise<void>;
}

/** Lets waiting messages be handled before this thread goes on: a timer would wait 4 ms, a resolved promise not at all. */
export type Pause = () => Promise<void>;

export function createPause(): Pause {
  if (typeof setImmediate === 'function') return () => new Promise((resolve) => setImmediate(resolve));
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

/** A helper: answers tasks in the order in which they were asked. */
interface Helper {
  compute(task: ConvTask): Promise<Float32Array>;
}

function helperBehind(port: MessagePort): Helper {
  const waiting: ((values: Float32Array) => void)[] = [];
  port.onmessage = (event: MessageEvent<Float32Array>) => waiting.shift()?.(event.data);
  return {
    compute: (task) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port.postMessage(task, [task.input.values.buffer]);
      }),
  };
}

/** The other end: does the tasks that arrive at `port`. */
export function helpAt(port: MessagePort, arithmetic: Arithmetic): void {
  port.onmessage = (event: MessageEvent<ConvTask>) => {
    const computed = arithmetic.compute(event.data);
    // A view of the arithmetic's own memory stays there.
    const values = computed.byteLength === computed.buffer.byteLength ? computed : computed.slice();
    port.postMessage(values, [values.buffer]);
  };
}

export function createThreads(ports: readonly MessagePort[], pause: Pause, arithmetic: Arithmetic): Threads {
  const helpers = ports.map(helperBehind);
  return {
    count: 1 + helpers.length,
    macsPerTask: arithmetic.macsPerTask,
    async run(jobs, taskOf, take, isUnwanted) {
      const queue = jobs[Symbol.iterator]();
      async function work(
        compute: (task: ConvTask) => Float32Array | Promise<Float32Array>,
        rest: Pause | null,
      ): Promise<void> {
        while (!isUnwanted()) {
          const next = queue.next();
          if (next.done) return;
          const values = await compute(taskOf(next.value));
          if (isUnwanted()) return;
          take(next.value, values);
          if (rest) await rest();
        }
      }
      // Two lanes to each helper: one task in work, one waiting there.
      const lanes = helpers.flatMap((helper) => [work(helper.compute, null), work(helper.compute, null)]);
      await Promise.all([...lanes, work(arithmetic.compute, pause)]);
    },
  };
}
