/** The final texts of the programs that the planner picks for a GPU, workload by workload. Needs no GPU and no browser. */
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import { prepareOurs } from '../contenders/ours.ts';
import { readWorkloads, sampleOf } from '../sample/workload.ts';
import { installGlobals, openNull } from './dawn.ts';
import { type RecordedDispatch, recordedAdapter } from './recordedGpu.ts';

/** A file to write: what a compiler needs to know beside the text stands in the JSON file. */
export interface ProgramFile {
  /** Without an ending. */
  readonly name: string;
  readonly wgsl: string;
  readonly facts: Omit<RecordedDispatch, 'wgsl'>;
}

/** So fast a device that nothing is cut to keep the page's frames. */
const uncut = 1e18;

export async function programsOf(json: unknown): Promise<readonly ProgramFile[]> {
  const workloads = readWorkloads(json);
  const names = workloads.map(({ name }) => fileName(name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`Two workloads would both be written as ${twice}.wgsl.`);
  installGlobals();
  const gpu = openNull();
  const files: ProgramFile[] = [];
  for (const [i, workload] of workloads.entries()) {
    const real = await gpu.requestAdapter();
    if (!real) throw new Error('Dawn offers no null device here.');
    // An engine of its own each: what one workload has packed or compiled cannot change another's plan.
    const { adapter, dispatches } = recordedAdapter(real);
    const engine = await createWebGPUEngine({ gpu, adapter, rate: uncut });
    const contender = await prepareOurs(engine)(sampleOf(workload));
    // Once for the compiler: what it interrupts is recorded and dropped.
    await contender.run(1);
    dispatches.length = 0;
    await contender.run(1);
    files.push(...filesOf(names[i]!, dispatches));
    engine.destroy();
  }
  return files;
}

function filesOf(name: string, dispatches: readonly RecordedDispatch[]): readonly ProgramFile[] {
  return dispatches.map(({ wgsl, ...facts }, i) => ({
    name: dispatches.length === 1 ? name : `${name}.${i + 1}`,
    wgsl,
    facts,
  }));
}

/** Letters, digits and `-` stay; every other character becomes `-`. */
export function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/g, '-');
}
