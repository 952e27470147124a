/** Runs workloads on all contenders: outputs are held against ours first, then all are timed together, and each gives a row. */
import type { Contender, Prepare } from '../contenders/contender.ts';
import { macsOf, sampleOf, type Workload } from '../sample/workload.ts';
import { difference, type Rounds, type Timed, timeTogether } from './rounds.ts';
import { type ContenderName, headline, lineOf, type PeerName, type Row, rowOf } from './row.ts';

export interface Comparison {
  /** `ours` comes first: the others are compared with it. */
  readonly prepares: ReadonlyMap<ContenderName, Prepare>;
  readonly rounds: Rounds;
  /** Prints a line. */
  readonly tell: (line: string) => unknown;
  /** How a turn is timed; absent: by the wall clock. */
  readonly timed?: Timed;
}

export async function compare(workloads: readonly Workload[], comparison: Comparison): Promise<Row[]> {
  const { prepares, rounds, tell, timed } = comparison;
  const rows: Row[] = [];
  await tell(headline);
  for (const workload of workloads) {
    const sample = sampleOf(workload);
    const ready = new Map<ContenderName, Contender>();
    let expected: Float32Array | null = null;
    for (const [name, prepare] of prepares) {
      let contender: Contender | null = null;
      try {
        contender = await prepare(sample);
        const output = await contender.output();
        expected ??= output;
        const wrong = difference(expected, output);
        if (wrong === null) ready.set(name, contender);
        else await tell(`${workload.name}: ${name} gives another answer (${wrong})`);
      } catch (error) {
        if (name === 'ours') throw error;
        await tell(`${workload.name}: ${name} cannot run it (${messageOf(error)})`);
      }
      // What takes no part holds no memory while the others are timed.
      if (contender && !ready.has(name)) await disposed(contender, name, tell);
    }
    const programs = ready.get('ours')?.programs ?? [];
    const ms = await timeTogether(ready, rounds, timed);
    for (const contender of ready.values()) await contender.dispose();
    const row = rowOf(workload.name, ms, macsOf(sample), programs);
    await tell(lineOf(row));
    rows.push(row);
  }
  return rows;
}

/** A library that has failed may fail once more; the others go on. */
async function disposed(contender: Contender, name: ContenderName, tell: Comparison['tell']): Promise<void> {
  try {
    await contender.dispose();
  } catch (error) {
    await tell(`${name} cannot give its memory back (${messageOf(error)})`);
  }
}

/** Starts the peers that start; the others are told. */
export async function startPeers(
  starts: readonly (readonly [PeerName, () => Promise<Prepare>])[],
  tell: Comparison['tell'],
): Promise<readonly (readonly [PeerName, Prepare])[]> {
  const started: (readonly [PeerName, Prepare])[] = [];
  for (const [name, start] of starts) {
    try {
      started.push([name, await start()]);
    } catch (error) {
      await tell(`${name} cannot be started: ${messageOf(error)}`);
    }
  }
  return started;
}

export function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
