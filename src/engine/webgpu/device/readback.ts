/** Small results back from the device, through mapped buffers that are used again. */
import { EngineError } from '../../engine.ts';
import type { Device } from '../evaluation.ts';
import type { Buffer } from './buffers.ts';

/** GPUMapMode.READ */
const mapRead = 1;

/** Records and submits a copy of the first `bytes` of `source`, and resolves with them. Everything recorded before is in them. */
export async function readBuffer(device: Device, source: Buffer, offset: number, bytes: number): Promise<ArrayBuffer> {
  const { pool, recorder } = device;
  const staging = pool.take(bytes, 'readback');
  recorder.copy(source, offset, staging, 0, bytes);
  recorder.submit();
  try {
    await staging.gpu.mapAsync(mapRead, 0, bytes);
  } catch (error) {
    throw new EngineError('device-lost', error instanceof Error ? error.message : String(error));
  }
  const copy = staging.gpu.getMappedRange(0, bytes).slice(0);
  staging.gpu.unmap();
  pool.give(staging);
  return copy;
}
