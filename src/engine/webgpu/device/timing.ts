/**
 * Time of one run on the device. Browsers round timestamps to about 0.1 ms, so the run is repeated until about 10 ms have passed
 * and the mean is given; without timestamps, or where a run takes several submissions, by the wall clock over a batch.
 */
import type { Timing } from '../../engine.ts';
import type { Device } from '../evaluation.ts';

const enoughMs = 10;
/** The wall clock also sees submission and notification: more runs make them small. */
const enoughWallMs = 30;
const maxRuns = 256;
const maxBatches = 40;

/** GPUBufferUsage: QUERY_RESOLVE 512, COPY_SRC 4, MAP_READ 1, COPY_DST 8 */
const resolveUsage = 512 | 4;
const readUsage = 1 | 8;

/**
 * What the clock says of a record: milliseconds; `no-time` when begin and end lie in one tick (or the driver answers nonsense);
 * `split` when the record took more than one submission, which one pass cannot hold.
 */
export type Measured = number | 'no-time' | 'split';

export interface Clock {
  measure(device: Device, record: () => void): Promise<Measured>;
}

/** The device's clock: records the begin and end of a pass. */
export class DeviceClock implements Clock {
  readonly #querySet: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  readonly #readable: GPUBuffer;

  constructor(gpu: GPUDevice) {
    this.#querySet = gpu.createQuerySet({ type: 'timestamp', count: 2 });
    this.#resolved = gpu.createBuffer({ size: 16, usage: resolveUsage });
    this.#readable = gpu.createBuffer({ size: 16, usage: readUsage });
  }

  async measure({ recorder }: Device, record: () => void): Promise<Measured> {
    recorder.beginTimedPass(this.#querySet);
    const before = recorder.submissions;
    record();
    if (recorder.submissions !== before) {
      recorder.submit();
      return 'split';
    }
    const encoder = recorder.encoder();
    encoder.resolveQuerySet(this.#querySet, 0, 2, this.#resolved, 0);
    encoder.copyBufferToBuffer(this.#resolved, 0, this.#readable, 0, 16);
    recorder.submit();
    await this.#readable.mapAsync(1);
    const [begin, end] = new BigInt64Array(this.#readable.getMappedRange().slice(0)) as unknown as [bigint, bigint];
    this.#readable.unmap();
    const ms = Number(end - begin) / 1e6;
    return ms > 0 ? ms : 'no-time';
  }

  destroy(): void {
    this.#querySet.destroy();
    this.#resolved.destroy();
    this.#readable.destroy();
  }
}

/** `record` records one run. The device should be idle. What a failed attempt recorded is dropped. */
export async function timeRuns(
  device: Device,
  queue: Pick<GPUQueue, 'onSubmittedWorkDone'>,
  clock: Clock | null,
  record: () => void,
): Promise<Timing> {
  await queue.onSubmittedWorkDone();
  try {
    const byClock = clock && (await timeByClock(device, clock, record));
    return byClock || (await timeByWall(device, queue, record));
  } catch (error) {
    device.recorder.discard();
    throw error;
  }
}

async function timeByClock(device: Device, clock: Clock, record: () => void): Promise<Timing | null> {
  let runs = 1;
  let totalMs = 0;
  let totalRuns = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const repeat = runs;
    const ms = await clock.measure(device, () => {
      for (let i = 0; i < repeat; i++) record();
    });
    // Too long for one submission: more runs would be longer still.
    if (ms === 'split') break;
    if (ms === 'no-time') {
      // Too short for the clock's ticks: more at once.
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

async function timeByWall(
  device: Device,
  queue: Pick<GPUQueue, 'onSubmittedWorkDone'>,
  record: () => void,
): Promise<Timing> {
  for (let runs = 1; ; runs = Math.min(maxRuns * 16, runs * 4)) {
    const start = performance.now();
    for (let i = 0; i < runs; i++) record();
    device.recorder.submit();
    await queue.onSubmittedWorkDone();
    const ms = performance.now() - start;
    if (ms >= enoughWallMs || runs >= maxRuns * 16) return { ms: Math.max(ms / runs, 1e-6), method: 'wall', runs };
  }
}
