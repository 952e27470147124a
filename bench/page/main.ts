/** The benchmark's page: offers its measurements to the script that opened it, and tells it how they go. */
import { createCpuEngine } from '../../src/engine/cpu/index.ts';
import type { EngineKind } from '../../src/engine/engine.ts';
import { isSoftwareAdapter } from '../../src/engine/softwareAdapter.ts';
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import type { Prepare } from '../contenders/contender.ts';
import { startJax } from '../contenders/jax.ts';
import { startOrt, startOrtWasm } from '../contenders/ort.ts';
import { prepareOurs } from '../contenders/ours.ts';
import { loadTfjs, startTfjs } from '../contenders/tfjs.ts';
import { readWorkloads } from '../sample/workload.ts';
import { compare, messageOf, startPeers } from '../timing/compare.ts';
import { measureGrowth } from '../timing/growth.ts';
import { peakOf } from '../timing/peakOf.ts';
import type { Rounds, Timed } from '../timing/rounds.ts';
import type { ContenderName, PeerName, Row } from '../timing/row.ts';
import { compareTraining } from '../training/compareTraining.ts';
import { teach } from '../training/teach.ts';
import { measureInteraction } from './interaction.ts';

export interface CompareOptions {
  readonly workloads: unknown;
  /** As `--peers` names them: `ort` is ONNX Runtime on WebGPU and in WebAssembly. */
  readonly peers: readonly ('tfjs' | 'ort' | 'jax')[];
  /** The CPU engine too; null: with as many threads as the page takes. */
  readonly cpu: { readonly threads: number | null } | null;
  readonly rounds: Rounds;
  readonly clock: 'wall' | 'cpu';
}

declare global {
  /** Offered by the script: prints a line. */
  var tell: (line: string) => Promise<void>;
  /** Offered by the script: processor time of the browser so far, all its processes. */
  var processorMs: () => Promise<number>;
  var bench: typeof offered;
}

/** What the script gets: errors are one sentence, without the stack that a thrown one would bring along. */
type Answer<T> = { readonly value: T } | { readonly failure: string };

function answering<Arguments extends readonly unknown[], T>(work: (...given: Arguments) => Promise<T>) {
  return (...given: Arguments): Promise<Answer<T>> =>
    work(...given).then(
      (value) => ({ value }),
      (error) => ({ failure: messageOf(error) }),
    );
}

async function describeAdapter(): Promise<{ readonly name: string; readonly isSoftware: boolean } | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, device, description } = adapter.info;
  const name = [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unnamed adapter';
  return { name, isSoftware: isSoftwareAdapter(adapter.info) };
}

const byProcessor: Timed = async (contender, times) => {
  const before = await processorMs();
  await contender.run(times);
  return (await processorMs()) - before;
};

const starts: Readonly<Record<PeerName, () => Promise<Prepare>>> = {
  tfjs: startTfjs,
  ort: startOrt,
  ort_wasm: startOrtWasm,
  jax: startJax,
};

async function comparePeers({ workloads, peers, cpu, rounds, clock }: CompareOptions): Promise<Row[]> {
  const read = readWorkloads(workloads);
  const prepares = new Map<ContenderName, Prepare>();
  prepares.set('ours', prepareOurs(await createWebGPUEngine({ gpu: navigator.gpu })));
  const threads = cpu?.threads ?? null;
  if (cpu) prepares.set('ours_cpu', prepareOurs(await createCpuEngine(threads === null ? {} : { threads })));
  const names = peers.flatMap((peer): PeerName[] => (peer === 'ort' ? ['ort', 'ort_wasm'] : [peer]));
  const started = await startPeers(
    names.map((name) => [name, starts[name]]),
    tell,
  );
  for (const [name, prepare] of started) prepares.set(name, prepare);
  return compare(read, { prepares, rounds, tell, ...(clock === 'cpu' ? { timed: byProcessor } : {}) });
}

async function interact() {
  const engine = await createWebGPUEngine({ gpu: navigator.gpu });
  const report = await measureInteraction(engine);
  engine.destroy();
  return report;
}

async function growth({ rounds, clock }: Pick<CompareOptions, 'rounds' | 'clock'>) {
  const engine = await createWebGPUEngine({ gpu: navigator.gpu });
  const timed = clock === 'cpu' ? byProcessor : undefined;
  return measureGrowth(prepareOurs(engine), engine.description.isFallback, rounds, timed);
}

async function train({ batch, rounds, clock }: Pick<CompareOptions, 'rounds' | 'clock'> & { readonly batch: number }) {
  const engine = await createWebGPUEngine({ gpu: navigator.gpu });
  const timed = clock === 'cpu' ? byProcessor : undefined;
  return compareTraining(engine, await loadTfjs(), { batch, rounds }, tell, timed);
}

async function taught({ engine, ...asked }: Parameters<typeof teach>[1] & { readonly engine: EngineKind }) {
  const made = engine === 'cpu' ? createCpuEngine() : createWebGPUEngine({ gpu: navigator.gpu });
  return teach(await made, asked, tell);
}

async function peak() {
  return peakOf(await createWebGPUEngine({ gpu: navigator.gpu }));
}

const offered = {
  describeAdapter,
  compare: answering(comparePeers),
  growth: answering(growth),
  interact: answering(interact),
  peak: answering(peak),
  train: answering(train),
  teach: answering(taught),
};
globalThis.bench = offered;
