/**
 * How much work one dispatch may hold. No dispatch should run longer than about 50 ms, so that the page's own drawing gets its
 * turn; the device's rate is measured by the runs themselves, starting from a slow guess.
 */
const dispatchSeconds = 0.05;
/** Multiply-adds per second of a slow integrated GPU, and of a software adapter. */
const firstGuess = 2e10;
const firstGuessSoftware = 1e9;
/** Beside a run of so many seconds, overhead and other work are small: its rate is taken as it is. */
const longEnough = 0.1;

export class Pace {
  #rate: number;
  readonly #slowest: number;
  /** Programs that have run before: a first run may wait for the driver's compiler. */
  readonly #known = new Set<string>();

  /** `rate`: multiply-adds per second to begin with; absent: a guess. */
  constructor(isSoftware: boolean, rate = isSoftware ? firstGuessSoftware : firstGuess) {
    this.#rate = rate;
    this.#slowest = this.#rate / 16;
  }

  /** Multiply-adds that one dispatch may hold. */
  get macsPerDispatch(): number {
    return this.#rate * dispatchSeconds;
  }

  /** Learns from a run alone on the device. Short runs are mostly overhead: they can only raise the rate. */
  learn(programs: readonly string[], macs: number, seconds: number): void {
    const areKnown = programs.every((program) => this.#known.has(program));
    for (const program of programs) this.#known.add(program);
    if (!areKnown || macs <= 0 || seconds <= 0) return;
    const rate = macs / seconds;
    if (rate > this.#rate) this.#rate = Math.min(rate, this.#rate * 4);
    else if (seconds > longEnough) this.#rate = Math.max(this.#slowest, rate);
    else if (seconds > 0.02) this.#rate = Math.max(this.#slowest, (this.#rate + rate) / 2);
  }
}
