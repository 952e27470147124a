/** A library that trains, as the benchmark sees it. Its first step is the run's first. */
import type { Runnable } from '../contenders/contender.ts';

export interface Trainer extends Runnable {
  /**
   * Does `times` steps, each with the making and uploading of its batch and the reading of its loss, which no step waits for; settles when
   * the device has finished and all losses are known.
   */
  run(times: number): Promise<void>;
  /** Of all steps done. */
  readonly losses: readonly number[];
  dispose(): void;
}
