/** The benchmark's page: offers its measurements to the script that opened it, and tells it how they go. */
import { createCpuEngine } from '../../src/engine/cpu/index.ts';
import { isSoftwareAdapter } from '../../src/engine/softwareAdapter.ts';
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import type { Contender, Prepare } from './contender.ts';
import { type InteractionReport, measureInteraction } from './interaction.ts';
import { difference, type Rounds, timeTogether } from './measure.ts';
import { startOrt, startOrtWasm } from './ort.ts';
import { prepareOurs } from './ours.ts';
import { startTfjs } from './tfjs.ts';
import { macsOf, readWorkloads, sampleOf } from './workload.ts';

export type PeerName = 'tfjs' | 'ort' | 'ort_wasm';
type ContenderName = 'ours' | 'ours_cpu' | PeerName;

export interface Row {
  readonly name: string;
  readonly ours_ms: number;
  /** Milliseconds; null where the peer cannot run the workload or gives another answer. */
  readonly peers: Readonly<Partial<Record<PeerName, number | null>>>;
  /** Fastest WebGPU peer / ours; null when none ran. */
  readonly ratio: number | null;
  readonly gflops: number;
  /** The CPU engine, where it was asked for. */
  readonly cpu_ms?: number;
}

export interface MeasureOptions {
  readonly workloads: unknown;
  readonly peers: readonly ('tfjs' | 'ort')[];
  readonly withCpu: boolean;
  readonly rounds: Rounds;
}

declare global {
  /** Offered by the script: prints a line. */
  var tell: (line: string) => Promise<void>;
  var bench: typeof offered;
}

async function describeAdapter(): Promise<{ readonly name: string; readonly isSoftware: boolean } | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, device, description } = adapter.info;
  const name = [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unnamed adapter';
  return { name, isSoftware: isSoftwareAdapter(adapter.info) };
}

async function startContenders(options: MeasureOptions): Promise<Map<ContenderName, Prepare>> {
  const contenders = new Map<ContenderName, Prepare>();
  contenders.set('ours', prepareOurs(await createWebGPUEngine({ gpu: navigator.gpu })));
  if (options.withCpu) contenders.set('ours_cpu', prepareOurs(await createCpuEngine()));
  const starts: readonly (readonly [PeerName, () => Promise<Prepare>])[] = [
    ...(options.peers.includes('tfjs') ? ([['tfjs', startTfjs]] as const) : []),
    ...(options.peers.includes('ort')
      ? ([
          ['ort', startOrt],
          ['ort_wasm', startOrtWasm],
        ] as const)
      : []),
  ];
  for (const [name, start] of starts) {
    try {
      contenders.set(name, await start());
    } catch (error) {
      await tell(`${name} cannot be started: ${messageOf(error)}`);
    }
  }
  return contenders;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function measure(options: MeasureOptions): Promise<Row[]> {
  const workloads = readWorkloads(options.workloads);
  const prepares = await startContenders(options);
  const rows: Row[] = [];
  for (const workload of workloads) {
    const sample = sampleOf(workload);
    const ready = new Map<ContenderName, Contender>();
    let expected: Float32Array | null = null;
    for (const [name, prepare] of prepares) {
      try {
        const contender = await prepare(sample);
        const output = await contender.output();
        expected ??= output;
        const wrong = difference(expected, output);
        if (wrong === null) ready.set(name, contender);
        else {
          await tell(`${workload.name}: ${name} gives another answer (${wrong})`);
          await contender.dispose();
        }
      } catch (error) {
        if (name === 'ours') throw error;
        await tell(`${workload.name}: ${name} cannot run it (${messageOf(error)})`);
      }
    }
    const ms = await timeTogether(ready, options.rounds);
    for (const contender of ready.values()) await contender.dispose();
    const row = rowOf(workload.name, ms, options, macsOf(sample));
    await tell(lineOf(row));
    rows.push(row);
  }
  return rows;
}

function rowOf(
  name: string,
  ms: ReadonlyMap<ContenderName, number>,
  { peers: asked, withCpu }: MeasureOptions,
  macs: number,
): Row {
  const ours = ms.get('ours')!;
  const names: PeerName[] = asked.flatMap((peer): PeerName[] => (peer === 'ort' ? ['ort', 'ort_wasm'] : [peer]));
  const peers = Object.fromEntries(names.map((peer) => [peer, ms.get(peer) ?? null]));
  const onWebGPU = [ms.get('tfjs'), ms.get('ort')].filter((value) => value !== undefined);
  const cpu = withCpu ? ms.get('ours_cpu') : undefined;
  return {
    name,
    ours_ms: ours,
    peers,
    ratio: onWebGPU.length > 0 ? Math.min(...onWebGPU) / ours : null,
    gflops: (2 * macs) / ours / 1e6,
    ...(cpu === undefined ? {} : { cpu_ms: cpu }),
  };
}

/** One line of the table, columns as in `scripts/bench.mjs`. */
function lineOf({ name, ours_ms, peers, ratio, gflops, cpu_ms }: Row): string {
  const column = (value: number | null | undefined, digits = 3) =>
    (value == null ? '-' : value.toPrecision(digits)).padStart(9);
  return [
    name.padEnd(26),
    column(ours_ms),
    column(peers.tfjs),
    column(peers.ort),
    column(peers.ort_wasm),
    column(cpu_ms),
    column(gflops),
    column(ratio),
  ].join(' ');
}

async function interaction(): Promise<InteractionReport> {
  const engine = await createWebGPUEngine({ gpu: navigator.gpu });
  const report = await measureInteraction(engine);
  engine.destroy();
  return report;
}

const offered = { describeAdapter, measure, interaction };
globalThis.bench = offered;
