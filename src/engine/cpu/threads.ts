/**
 * The threads that do the engine's arithmetic: this one, and helpers behind message ports. Each takes the next task when it has
 * finished one; helpers are given one ahead, so that they need not wait while this thread computes.
 */
import type { ParameterValues } from '../../operators/operator.ts';
import type { Arithmetic } from './arithmetic.ts';
import { type Allocate, type ConvTask, newArray } from './convTask.ts';
import { createParameterReceiver, createParameterSender, type PostedParameters } from './parameterPost.ts';

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
    taskOf: (job: T, allocate: Allocate) => ConvTask,
    take: (job: T, values: Float32Array) => void,
    isUnwanted: () => boolean,
  ): Promise<void>;
}

/**
 * Lets waiting messages be handled before this thread goes on, where it has not done so for some milliseconds. A timer would wait 4 ms,
 * a resolved promise not at all.
 */
export type Pause = () => Promise<void>;

const pauseAfter = 3;

export function createPause(): Pause {
  const afterMessages = typeof setImmediate === 'function' ? setImmediate : messageTurns();
  let last = performance.now();
  return () => {
    if (performance.now() - last < pauseAfter) return Promise.resolve();
    return new Promise((resolve) =>
      afterMessages(() => {
        last = performance.now();
        resolve();
      }),
    );
  };
}

function messageTurns(): (go: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return (go) => {
    waiting.push(go);
    port2.postMessage(null);
  };
}

/** Multiplications of a task where there are so many in all: few enough that all threads take part. */
export function macsAtOnce({ count, macsPerTask: { least, most } }: Threads, macs: number): number {
  return count === 1 ? most : Math.max(least, Math.min(most, macs / (2 * count)));
}

/** Who does tasks: this thread, or a helper, which answers in the order in which it was asked. */
interface Worker {
  readonly allocate: Allocate;
  compute(task: ConvTask): Float32Array | Promise<Float32Array>;
}

/** A task on its way. */
interface PostedTask {
  readonly task: Omit<ConvTask, 'parameters'>;
  readonly parameters: PostedParameters<ParameterValues>;
  readonly forget: readonly number[];
}

function helperBehind(port: MessagePort): Worker {
  const weights = createParameterSender<ParameterValues>();
  const waiting: ((values: Float32Array) => void)[] = [];
  port.onmessage = (event: MessageEvent<Float32Array>) => waiting.shift()?.(event.data);
  return {
    allocate: newArray,
    compute: ({ parameters, ...task }) =>
      new Promise((resolve) => {
        const posted = weights.post(parameters);
        const message: PostedTask = { task, parameters: posted, forget: weights.forgotten() };
        try {
          port.postMessage(message, [task.input.values.buffer]);
        } catch (error) {
          weights.startAgain();
          throw error;
        }
        // Only who has been asked answers.
        waiting.push(resolve);
      }),
  };
}

/** The other end: does the tasks that arrive at `port`. */
export function helpAt(port: MessagePort, arithmetic: Arithmetic): void {
  const weights = createParameterReceiver<ParameterValues>();
  port.onmessage = ({ data: { task, parameters, forget } }: MessageEvent<PostedTask>) => {
    const computed = arithmetic.compute({ ...task, parameters: weights.take(parameters) });
    weights.forget(forget);
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
      const next = () => queue.next();
      async function work(
        { allocate, compute }: Worker,
        first: ReturnType<typeof next>,
        rest: Pause | null,
      ): Promise<void> {
        for (let one = first; !one.done && !isUnwanted(); one = next()) {
          if (rest && one !== first) await rest();
          if (isUnwanted()) return;
          const computed = compute(taskOf(one.value, allocate));
          // This thread's own result is a view that stands until the next task, anybody's: it is taken before others have a turn.
          const values = computed instanceof Promise ? await computed : computed;
          if (isUnwanted()) return;
          take(one.value, values);
        }
      }
      // What is one task stays here; this thread's own is begun when the helpers have theirs.
      const own = next();
      // Two lanes to each helper: one task in work, one waiting there.
      const lanes = [...helpers, ...helpers].map((helper) => work(helper, next(), null));
      await Promise.all([...lanes, work(arithmetic, own, pause)]);
    },
  };
}
