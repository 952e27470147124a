/**
 * Maps in GPU memory. An array is a box of a tensor: some channels, rows and columns, in parts of whole channels so that each part
 * fits one binding. Arrays are shared by counting; the last one to let go gives the buffers back.
 */
import { type ArrayShape, bytesOf } from '../../../operators/programs/layout.ts';
import type { DeviceTraits } from '../../../operators/programs/program.ts';
import { EngineError } from '../../engine.ts';
import type { Buffer, BufferPool } from '../device/buffers.ts';
import type { Binding } from '../device/recorder.ts';

/** Where a box stands in its tensor, in channels and pixels. */
export interface Origin {
  readonly channel: number;
  readonly y: number;
  readonly x: number;
}

export interface MapPart {
  readonly buffer: Buffer;
  /** First channel, counted from the array's own first. */
  readonly channel: number;
  readonly shape: ArrayShape;
}

export interface DeviceLimits {
  /** Largest range of a buffer that a shader can be given. */
  readonly maxBinding: number;
}

export class MapArray {
  readonly shape: ArrayShape;
  readonly origin: Origin;
  readonly parts: readonly MapPart[];
  readonly #pool: BufferPool;
  #holders = 1;

  private constructor(pool: BufferPool, shape: ArrayShape, origin: Origin, parts: readonly MapPart[]) {
    this.#pool = pool;
    this.shape = shape;
    this.origin = origin;
    this.parts = parts;
  }

  /** Room for `shape`, with undefined contents. `places`: buffers of at least so many bytes, part by part. Throws EngineError. */
  static allocate(
    pool: BufferPool,
    limits: DeviceLimits,
    shape: ArrayShape,
    origin: Origin,
    places: readonly number[] = [],
  ): MapArray {
    const parts: MapPart[] = [];
    try {
      for (const [i, { channel, shape: part }] of partShapes(shape, limits).entries()) {
        const wished = places[i] ?? 0;
        // A place that others will use too may be larger than what is left; then each has its own.
        const bytes = Math.max(bytesOf(part), wished <= pool.room ? wished : 0);
        parts.push({ buffer: pool.take(bytes, 'maps'), channel, shape: part });
      }
    } catch (error) {
      for (const part of parts) pool.give(part.buffer);
      throw error;
    }
    return new MapArray(pool, shape, origin, parts);
  }

  retain(): this {
    this.#holders++;
    return this;
  }

  release(): void {
    this.#holders--;
    if (this.#holders === 0) for (const part of this.parts) this.#pool.give(part.buffer);
  }
}

export function bindingOf(part: MapPart): Binding {
  return { buffer: part.buffer, size: bytesOf(part.shape) };
}

/** The parts that an array of `shape` is made of. Throws `too-large` when not even the fewest channels fit one binding. */
export function partShapes(
  shape: ArrayShape,
  limits: DeviceLimits,
): readonly { readonly channel: number; readonly shape: ArrayShape }[] {
  const whole = bytesOf(shape);
  if (whole <= limits.maxBinding) return [{ channel: 0, shape }];
  // Blocks of four channels where possible, so that no block of a blocked copy belongs to two parts.
  const four = bytesOf({ ...shape, channels: 4 });
  const unit = shape.layout === 'blocked' || four <= limits.maxBinding ? 4 : 1;
  const perUnit = bytesOf({ ...shape, channels: unit });
  if (perUnit > limits.maxBinding) {
    throw new EngineError('too-large', `maps of ${shape.width} x ${shape.height} exceed the device's binding limit`, {
      width: shape.width,
      height: shape.height,
      bytes: perUnit,
      limit: limits.maxBinding,
    });
  }
  const channels = Math.floor(limits.maxBinding / perUnit) * unit;
  const parts = [];
  for (let channel = 0; channel < shape.channels; channel += channels) {
    parts.push({ channel, shape: { ...shape, channels: Math.min(channels, shape.channels - channel) } });
  }
  return parts;
}

/** True when an array of `shape` can be held at all: its smallest part fits a binding. */
export function fitsBindings(shape: ArrayShape, limits: DeviceLimits): boolean {
  return bytesOf({ ...shape, channels: Math.min(4, shape.channels) }) <= limits.maxBinding;
}

/** Throws `too-large` where one binding does not hold `bytes`. */
export function checkBinding(
  { maxStorageBinding: limit }: Pick<DeviceTraits, 'maxStorageBinding'>,
  bytes: number,
): void {
  if (bytes <= limit) return;
  throw new EngineError('too-large', `a tensor of ${bytes} bytes is more than a binding holds`, { bytes, limit });
}
