/** A library that can run layers, as the benchmark sees it: everything uploaded and compiled, ready to be run many times. */
import type { Sample } from '../sample/workload.ts';

/** What can be timed. */
export interface Runnable {
  run(times: number): Promise<void>;
}

export interface Contender extends Runnable {
  /** The programs of one run, known once `output` has been asked for; only ours tells them. */
  readonly programs?: readonly string[];
  /** Runs the layers `times` times and waits until the device has finished; nothing is read back. */
  run(times: number): Promise<void>;
  /** The output of one run, NCHW. */
  output(): Promise<Float32Array>;
  dispose(): Promise<void> | void;
}

/** Prepares a sample, or throws where the library cannot run it. */
export type Prepare = (sample: Sample) => Promise<Contender>;
