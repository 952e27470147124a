/**
 * Time of one run on the device. Browsers round timestamps to about 0.1 ms, so the run is repeated until about 10 ms have passed
 * and the mean is given; without timestamps, or where a run takes several submissions, by the wall clock over a batch.
 */
import type { Timing } from '../engine.ts';
import type { Device } from './evaluator.ts';

const enoughMs = 10;
/** The wall clock also sees submission and notification: more runs make them small. */
const enoughWallMs = 30;
const maxRuns = 256;
const maxBatches = 40;

/** GPUBufferUsage: QUERY_RESOLVE 512, COPY_SRC 4, MAP_READ 1, COPY_DST 8 */
const resolveUsage = 512 | 4;
const readUsage = 1 | 8;

/** The device's clock: records the begin and end of a pass. */
export class DeviceClock {
  readonly #querySet: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #readable: GPUBuffer;

  constructor(gpu: GPUDevice) {
    this.#querySet = gpu.createQuerySet({ type: 'timestamp', count: 2 });
    this.#resolved = gpu.createBuffer({ size: 16, usage: resolveUsage });
    this.#readable = gpu.createBuffer({ size: 16, usage: readUsage });
  }

  /** Milliseconds that `record`'s dispatches take; null when they do not fit one submission or the clock shows nothing. */
  async measure({ recorder }: Device, record: () => void): Promise<number | null> {
    recorder.beginTimedPass(this.#querySet);
    const before = recorder.submissions;
    record();
    if (recorder.submissions !== before) {
      recorder.submit();
      return null;
    }
    const encoder = recorder.encoder();
    encoder.resolveQuerySet(this.#querySet, 0, 2, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#readable, 0, 16);
    recorder.submit();
    await this.#readable.mapAsync(1);
    const [begin, end] = new BigInt64Array(this.#readable.getMappedRange().slice(0)) as unknown as [bigint, bigint];
    this.#readable.unmap();
    const ms = Number(end - begin) / 1e6;
    return ms > 0 ? ms : null;
  }

  destroy(): void {
    this.#querySet.destroy();
    this.#resolved.destroy();
    this.#readable.destroy();
  }
}

/** `record` records one run. The device should be idle. */
export async function timeRuns(
  device: Device,
  gpu: GPUDevice,
  clock: DeviceClock | null,
  record: () => void,
): Promise<Timing> {
  await gpu.queue.onSubmittedWorkDone();
  const byClock = clock && (await timeByClock(device, clock, record));
  return byClock || timeByWall(device, gpu, record);
}

async function timeByClock(device: Device, clock: DeviceClock, record: () => void): Promise<Timing | null> {
  let runs = 1;
  let totalMs = 0;
  let totalRuns = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const repeat = runs;
    const ms = await clock.measure(device, () => {
      for (let i = 0; i < repeat; i++) record();
    });
    if (ms === null) {
      // Too short for the clock's ticks: more at once. Too long for one submission: the wall clock serves.
      if (runs >= maxRuns || batch > 8) return null;
      runs = Math.min(maxRuns, runs * 4);
      continue;
    }
    if (ms >= enoughMs && totalRuns === 0) return { ms: ms / repeat, method: 'timestamp-query', runs: repeat };
    // The first, short measurement only says how many runs make a long one.
    if (batch > 0) {
      totalMs += ms;
      totalRuns += repeat;
      if (totalMs >= enoughMs) break;
    }
    runs = Math.max(runs, Math.min(maxRuns, Math.ceil((enoughMs * repeat) / ms)));
  }
  return totalRuns > 0 ? { ms: totalMs / totalRuns, method: 'timestamp-query', runs: totalRuns } : null;
}

async function timeByWall(device: Device, gpu: GPUDevice, record: () => void): Promise<Timing> {
  for (let runs = 1; ; runs = Math.min(maxRuns * 16, runs * 4)) {
    const start = performance.now();
    for (let i = 0; i < runs; i++) record();
    device.recorder.submit();
    await gpu.queue.onSubmittedWorkDone();
    const ms = performance.now() - start;
    if (ms >= enoughWallMs || runs >= maxRuns * 16) return { ms: Math.max(ms / runs, 1e-6), method: 'wall', runs };
  }
}
