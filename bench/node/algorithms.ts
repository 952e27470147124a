/**
 * The candidates of each convolution of a workload file against each other, in Node on a Vulkan driver: time in interleaved rounds, by the
 * processor time of the driver's threads where it computes on them and by the wall clock elsewhere, and the largest difference from the
 * float64 reference in units of 1 + sum of |terms|. Where the device has f16, what fast runs take is among them.
 */

import type { Engine } from '../../src/engine/engine.ts';
import { createWebGPUEngine } from '../../src/engine/webgpu/index.ts';
import { arithmeticOf } from '../../src/operators/arithmeticOf.ts';
import { candidatesOf } from '../../src/operators/conv2d/candidates.ts';
import { type ConvChoice, fastChoice, isFast, labelOf, problemKey } from '../../src/operators/conv2d/choice.ts';
import type { DeviceTraits } from '../../src/operators/programs/program.ts';
import type { Contender } from '../contenders/contender.ts';
import { prepareOurs } from '../contenders/ours.ts';
import { readWorkloads, type Sample, sampleOf } from '../sample/workload.ts';
import { type Rounds, timeTogether } from '../timing/rounds.ts';
import { installGlobals, openVulkan } from './dawn.ts';
import { byNewThreads } from './threadTime.ts';

export interface AlgorithmRow {
  readonly name: string;
  readonly algorithm: string;
  readonly ms: number;
  /** Largest |error| / (1 + sum of |terms|). */
  readonly error: number;
}

/** What the choice of candidates depends on: a software adapter with its small subgroups. */
const software: DeviceTraits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: true,
  busyInvocations: 256,
};

/** `sparse`: all but each 64th value of the input is 0 and those are 64, as behind a ReLU at its worst. */
export async function algorithmsInNode(
  json: unknown,
  rounds: Rounds,
  sparse: boolean,
  heard: (row: AlgorithmRow) => void,
): Promise<void> {
  const timed = byNewThreads();
  installGlobals();
  const gpu = openVulkan();
  const adapter = await gpu.requestAdapter();
  const hasHalf = adapter?.features.has('shader-f16') === true;
  const broadcastLanes = adapter?.info.subgroupMaxSize === 8 ? 8 : 4;
  const traits: DeviceTraits = {
    ...software,
    broadcastLanes,
    ...(hasHalf ? { half: 'native' } : {}),
  };
  for (const workload of readWorkloads(json)) {
    const [step, ...more] = workload.steps;
    if (step?.layer.kind !== 'conv2d' || more.length > 0)
      throw new Error(`${workload.name}: algorithms are compared for single convolutions alone.`);
    const conv = step.layer;
    const [images, , height, width] = step.output;
    const extent = { images, height, width };
    const sample = sparse ? thinned(sampleOf(workload)) : sampleOf(workload);
    const engines: Engine[] = [];
    const contenders = new Map<string, Contender>();
    const exactChoices = candidatesOf(conv, extent, traits);
    const fast = exactChoices.map((choice) => fastChoice(choice, conv, extent, traits)).find(isFast);
    for (const choice of fast ? [...exactChoices, fast] : exactChoices) {
      const engine = await engineWith(gpu, new Map([[problemKey(conv, extent), choice]]));
      engines.push(engine);
      contenders.set(labelOf(choice), await prepareOurs(engine)(sample));
    }
    const input = { shape: sample.shape, values: sample.input };
    const exact = arithmeticOf(conv).reference(conv, [input], sample.steps[0]!.parameters);
    const errors = new Map<string, number>();
    for (const [name, contender] of contenders) {
      const values = await contender.output();
      const error = exact.output.values.reduce(
        (worst, value, i) => Math.max(worst, Math.abs(value - values[i]!) / (1 + exact.magnitude[i]!)),
        0,
      );
      errors.set(name, error);
    }
    const times = await timeTogether(contenders, rounds, timed);
    for (const [algorithm, ms] of times) heard({ name: workload.name, algorithm, ms, error: errors.get(algorithm)! });
    for (const engine of engines) engine.destroy();
  }
}

async function engineWith(gpu: GPU, choices: ReadonlyMap<string, ConvChoice>): Promise<Engine> {
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('The Vulkan driver offers no WebGPU adapter: is the loader (libvulkan1) installed?');
  return createWebGPUEngine({ gpu, adapter, choices });
}

function thinned(sample: Sample): Sample {
  return { ...sample, input: sample.input.map((_, i) => ((i * 29) % 64 === 0 ? 64 : 0)) };
}
