/**
 * What the device can do at most, measured: multiply-adds per second from registers alone, and bytes per second of a copy that no
 * cache holds. Every operator's share of its peak is a share of these two. Each figure is the best of a few measurements: whatever
 * else runs on the device can only make it slower.
 */
import copy from '../../../shaders/peak/copy.wgsl?raw';
import fma from '../../../shaders/peak/fma.wgsl?raw';
import { expand } from '../../operators/programs/expand.ts';
import { type DeviceTraits, type Dispatch, gridOf, type Program } from '../../operators/programs/program.ts';
import { uniformStruct } from '../../operators/programs/uniforms.ts';
import type { Peak, Timing } from '../engine.ts';
import type { Buffer } from './device/buffers.ts';
import type { Binding } from './device/recorder.ts';
import type { Device } from './evaluation.ts';

/** Numbers of chains that are tried; see `fma.wgsl`. */
export const chainCounts = [2, 4, 8] as const;
const stepsPerRound = 8;
/** A dispatch shorter than this is mostly its own start. */
const longEnoughMs = 2;
const mostRounds = 2 ** 20;
/** Larger than a GPU's caches; software adapters copy so slowly that caches make no difference to them. */
const copyBytes = { gpu: 128 * 2 ** 20, software: 16 * 2 ** 20 };
const attempts = 3;

export const fmaUniforms = uniformStruct('Fma', { rounds: 'u32', factor: 'f32', addend: 'f32' });
export const copyUniforms = uniformStruct('Copy', { quarter: 'u32', perRow: 'u32' });

export function fmaProgram(chains: number): Program {
  return {
    key: `peak fma ${chains}`,
    label: `peak fma ${chains}`,
    wgsl: expand(fma, { V: chains }, {}),
    entryPoint: 'main',
    bindings: ['dynamic', 'write'],
  };
}

export const copyProgram: Program = {
  key: 'peak copy',
  label: 'peak copy',
  wgsl: expand(copy, {}, {}),
  entryPoint: 'main',
  bindings: ['dynamic', 'read', 'write'],
};

/** `invocations`: a multiple of 64. */
export function dispatchFma(invocations: number, rounds: number): Dispatch {
  return {
    uniforms: fmaUniforms.write({ rounds, factor: 1, addend: 1 }),
    workgroups: [invocations / 64, 1, 1],
  };
}

/** `bytes`: a multiple of 64. */
export function dispatchCopy(bytes: number, traits: Pick<DeviceTraits, 'maxWorkgroupsPerDimension'>): Dispatch {
  const quarter = bytes / 64;
  const grid = gridOf(quarter, traits);
  return { uniforms: copyUniforms.write({ quarter, perRow: grid.perRow }), workgroups: [grid.x, grid.y, 1] };
}

/** `time` measures what is recorded on the idle device. Throws EngineError where there is no room for a copy. */
export async function measurePeak(
  device: Device,
  isSoftware: boolean,
  time: (record: () => void) => Promise<Timing>,
): Promise<Peak> {
  const [flops, bytes] = [await measureFma(device, time), await measureCopy(device, isSoftware, time)];
  return {
    gflops: flops.perSecond / 1e9,
    gigabytesPerSecond: bytes.perSecond / 1e9,
    method: flops.method === 'wall' ? 'wall' : bytes.method,
  };
}

interface Rate {
  readonly perSecond: number;
  readonly method: Timing['method'];
}

async function measureFma(device: Device, time: (record: () => void) => Promise<Timing>): Promise<Rate> {
  const { pool, pipelines, recorder, traits } = device;
  const invocations = Math.min(traits.maxWorkgroupsPerDimension * 64, traits.busyInvocations * 16);
  const output = pool.take(invocations * 16, 'storage');
  let best: Rate = { perSecond: 0, method: 'wall' };
  try {
    for (const chains of chainCounts) {
      const compiled = await pipelines.compile(fmaProgram(chains));
      const timeOf = (rounds: number): Promise<Timing> =>
        time(() => recorder.dispatch(compiled, dispatchFma(invocations, rounds), [{ buffer: output }]));
      // Once for the driver's compiler, which may wait for the first dispatch.
      await timeOf(1);
      let rounds = 4;
      let timing = await timeOf(rounds);
      while (timing.ms < longEnoughMs && rounds < mostRounds) {
        rounds *= Math.min(16, Math.ceil((2 * longEnoughMs) / timing.ms));
        timing = await timeOf(rounds);
      }
      const flops = invocations * rounds * stepsPerRound * chains * 4 * 2;
      for (let attempt = 0; attempt < attempts; attempt++) {
        const { ms, method } = attempt === 0 ? timing : await timeOf(rounds);
        best = faster(best, { perSecond: (1000 * flops) / ms, method });
      }
    }
  } finally {
    pool.give(output);
  }
  return best;
}

/** There and back, so that both buffers have been written and neither is a page of zeros. */
async function measureCopy(
  device: Device,
  isSoftware: boolean,
  time: (record: () => void) => Promise<Timing>,
): Promise<Rate> {
  const { pool, pipelines, recorder, traits } = device;
  const wanted = isSoftware ? copyBytes.software : copyBytes.gpu;
  const bytes = Math.floor(Math.min(wanted, traits.maxStorageBinding, pool.room / 4) / 64) * 64;
  const compiled = await pipelines.compile(copyProgram);
  const buffers: Buffer[] = [];
  const take = (): Binding => {
    const buffer = pool.take(bytes, 'storage');
    buffers.push(buffer);
    return { buffer, size: bytes };
  };
  let best: Rate = { perSecond: 0, method: 'wall' };
  try {
    const [here, there] = [take(), take()];
    await pool.settled();
    const dispatch = dispatchCopy(bytes, traits);
    recorder.dispatch(compiled, dispatch, [here, there]);
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { ms, method } = await time(() => {
        recorder.dispatch(compiled, dispatch, [there, here]);
        recorder.dispatch(compiled, dispatch, [here, there]);
      });
      best = faster(best, { perSecond: (1000 * 4 * bytes) / ms, method });
    }
  } finally {
    // Large, and asked for once: nothing else would find a use for them.
    for (const buffer of buffers) pool.drop(buffer);
  }
  return best;
}

function faster(a: Rate, b: Rate): Rate {
  return b.perSecond > a.perSecond ? b : a;
}
