/** The final texts of the programs that the planner picks for a GPU, or may pick, workload by workload. Needs no GPU and no browser. */
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import { candidatesOf } from '../../src/operators/conv2d/candidates.ts';
import { type ConvChoice, labelOf, problemKey } from '../../src/operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../src/operators/programs/program.ts';
import { type Asked, prepareOurs } from '../contenders/ours.ts';
import { readWorkloads, sampleOf, type Workload } from '../sample/workload.ts';
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

/** What the choice of candidates depends on, as a GPU says of itself. */
const traits: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 16384,
  half: 'native',
};

/**
 * `ofCandidates`: of every convolution by itself, all ways that a tuner would try, each under its own name. `areShown`: the
 * statistics of the maps are wanted too. `precision`: of exact runs, or of fast ones.
 */
export async function programsOf(
  json: unknown,
  { ofCandidates = false, ...asked }: Asked & { readonly ofCandidates?: boolean } = {},
): Promise<readonly ProgramFile[]> {
  const workloads = readWorkloads(json);
  const names = workloads.map(({ name }) => fileName(name));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Error(`Two workloads would both be written as ${twice}.wgsl.`);
  installGlobals();
  const gpu = openNull();
  const files: ProgramFile[] = [];
  for (const [i, workload] of workloads.entries()) {
    const name = names[i]!;
    const ways = ofCandidates ? candidatesIn(workload) : [];
    if (ways.length === 0) files.push(...filesOf(name, await dispatchesOf(gpu, workload, asked)));
    for (const { key, choice } of ways) {
      const dispatches = await dispatchesOf(gpu, workload, asked, new Map([[key, choice]]));
      files.push(...filesOf(`${name}.${fileName(labelOf(choice))}`, dispatches));
    }
  }
  return files;
}

/** None where the workload is more than a convolution. */
function candidatesIn({ steps }: Workload): readonly { readonly key: string; readonly choice: ConvChoice }[] {
  const [step, ...more] = steps;
  if (step?.layer.kind !== 'conv2d' || more.length > 0) return [];
  const [images, , height, width] = step.output;
  const extent = { images, height, width };
  const key = problemKey(step.layer, extent);
  return candidatesOf(step.layer, extent, traits).map((choice) => ({ key, choice }));
}

async function dispatchesOf(
  gpu: GPU,
  workload: Workload,
  asked: Asked,
  choices: ReadonlyMap<string, ConvChoice> = new Map(),
): Promise<readonly RecordedDispatch[]> {
  const real = await gpu.requestAdapter();
  if (!real) throw new Error('Dawn offers no null device here.');
  // An engine of its own each: what one workload has packed or compiled cannot change another's plan.
  const { adapter, dispatches } = recordedAdapter(real);
  const engine = await createWebGPUEngine({ gpu, adapter, rate: uncut, choices, traits: { half: 'native' } });
  const contender = await prepareOurs(engine, asked)(sampleOf(workload));
  // Once for the compiler: what it interrupts is recorded and dropped.
  await contender.run(1);
  dispatches.length = 0;
  await contender.run(1);
  engine.destroy();
  return dispatches;
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
  return name.replace(/[^A-Za-z0-9-]/gu, '-');
}
