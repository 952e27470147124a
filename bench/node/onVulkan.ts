/**
 * Ours and TensorFlow.js on a Vulkan driver, in Node: for adapters that Chromium does not offer. Both get the same adapter and a device
 * of their own, as two pages would.
 */
import { type OperatorProfile, profileRun } from '../../src/engine/profile.ts';
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import type { Prepare } from '../contenders/contender.ts';
import { prepareOurs, requestOf } from '../contenders/ours.ts';
import { readWorkloads, sampleOf } from '../sample/workload.ts';
import { compare, startPeers } from '../timing/compare.ts';
import { peakOf } from '../timing/peakOf.ts';
import type { Rounds } from '../timing/rounds.ts';
import type { ContenderName, Row } from '../timing/row.ts';
import { installGlobals, openVulkan } from './dawn.ts';
import { startTfjsInNode } from './tfjsInNode.ts';
import { byNewThreads } from './threadTime.ts';

export interface NodeOptions {
  readonly workloads: unknown;
  readonly withTfjs: boolean;
  readonly rounds: Rounds;
  readonly clock: 'wall' | 'cpu';
}

async function openAdapter() {
  installGlobals();
  const gpu = openVulkan();
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('The Vulkan driver offers no WebGPU adapter: is the loader (libvulkan1) installed?');
  return { gpu, adapter };
}

export async function peakInNode() {
  return peakOf(await createWebGPUEngine(await openAdapter()));
}

/** What each step of each workload takes by itself, and the whole in one run. */
export async function stepsInNode(
  json: unknown,
  heard: (name: string, steps: readonly OperatorProfile[], wholeMs: number) => void,
): Promise<void> {
  const read = readWorkloads(json);
  const { gpu, adapter } = await openAdapter();
  const engine = await createWebGPUEngine({ gpu, adapter });
  for (const workload of read) {
    const request = await requestOf(engine, sampleOf(workload));
    const { operators, whole } = await profileRun(engine, request, () => {}, new AbortController().signal);
    heard(workload.name, operators, whole.ms);
    for (const tensor of Object.values(request.inputs)) tensor.free();
  }
}

export async function compareInNode(
  { workloads, withTfjs, rounds, clock }: NodeOptions,
  tell: (line: string) => unknown,
  heading: (device: string) => void,
): Promise<Row[]> {
  const read = readWorkloads(workloads);
  const timed = clock === 'cpu' ? byNewThreads() : undefined;
  const { gpu, adapter } = await openAdapter();
  heading([adapter.info.vendor, adapter.info.description || adapter.info.device].filter(Boolean).join(' '));
  const prepares = new Map<ContenderName, Prepare>([['ours', prepareOurs(await createWebGPUEngine({ gpu, adapter }))]]);
  const started = await startPeers(withTfjs ? [['tfjs', () => startTfjsInNode(gpu)]] : [], tell);
  for (const [name, prepare] of started) prepares.set(name, prepare);
  return compare(read, { prepares, rounds, tell, ...(timed ? { timed } : {}) });
}
