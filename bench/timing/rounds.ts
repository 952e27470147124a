/**
 * Times several contenders on one sample: first their outputs are compared, then each is run for as long as a sample of the clock
 * needs, in rounds that go round all of them, so that whatever else the machine does falls on all alike. The median round counts.
 */
import type { Runnable } from '../contenders/contender.ts';

export interface Rounds {
  readonly count: number;
  /** Shortest time of one contender's turn, in milliseconds. */
  readonly turn: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Two libraries' outputs may differ by this share of the largest value. */
const tolerance = 1e-4;

/** What is wrong with an output, or null. */
export function difference(expected: Float32Array, actual: Float32Array): string | null {
  if (expected.length !== actual.length) return `${actual.length} values instead of ${expected.length}`;
  let largest = 0;
  let worst = 0;
  for (const [index, value] of expected.entries()) {
    largest = Math.max(largest, Math.abs(value));
    const error = Math.abs(value - actual[index]!);
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  return worst <= tolerance * (1 + largest)
    ? null
    : `largest difference ${worst.toPrecision(3)}, largest value ${largest.toPrecision(3)}`;
}

/** Milliseconds of `times` runs of a contender. */
export type Timed = (contender: Runnable, times: number) => Promise<number>;

const byWallClock: Timed = async (contender, times) => {
  const start = performance.now();
  await contender.run(times);
  return performance.now() - start;
};

/** Milliseconds of one run of each contender. */
export async function timeTogether<Name extends string>(
  contenders: ReadonlyMap<Name, Runnable>,
  rounds: Rounds,
  timed: Timed = byWallClock,
): Promise<Map<Name, number>> {
  const times = new Map<Name, number>();
  for (const [name, contender] of contenders) {
    await timed(contender, 2);
    let count = 1;
    let ms = await timed(contender, count);
    while (ms < rounds.turn / 2) {
      count = Math.ceil(Math.max(2 * count, Math.min(20 * count, (count * rounds.turn) / Math.max(ms, 0.1))));
      ms = await timed(contender, count);
    }
    times.set(name, count);
  }
  const measured = new Map<Name, number[]>([...contenders.keys()].map((name) => [name, []]));
  for (let round = 0; round < rounds.count; round++) {
    for (const [name, contender] of contenders) {
      const count = times.get(name)!;
      measured.get(name)!.push((await timed(contender, count)) / count);
    }
  }
  return new Map([...measured].map(([name, list]) => [name, median(list)]));
}
