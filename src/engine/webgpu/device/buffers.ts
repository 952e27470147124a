/**
 * GPU memory: buffers in size classes, kept after use and handed out again, so that moving a slider to and fro allocates nothing.
 * Reuse needs no waiting: all work runs in the order of one queue. Buffers for maps begin with 16 bytes that nobody ever writes
 * (WebGPU makes them zero), which is what padding reads; so maps never share buffers with anything else.
 */
import { EngineError } from '../../engine.ts';

export type BufferUse = 'maps' | 'storage' | 'uniform' | 'vertex' | 'readback';

export interface Buffer {
  readonly gpu: GPUBuffer;
  /** Unique for ever; part of the keys of cached bind groups. */
  readonly id: number;
  readonly use: BufferUse;
  /** In bytes; at least what was asked for. */
  readonly size: number;
}

const usageOf: Readonly<Record<BufferUse, number>> = {
  // GPUBufferUsage: MAP_READ 1, COPY_SRC 4, COPY_DST 8, VERTEX 32, UNIFORM 64, STORAGE 128. Numbers, so that Node can load this.
  maps: 4 | 8 | 128,
  storage: 4 | 8 | 128,
  uniform: 8 | 64,
  vertex: 8 | 32,
  readback: 1 | 8,
};

const leastSize = 256;

export class BufferPool {
  readonly #device: GPUDevice;
  readonly #budget: number;
  readonly #maxSize: number;
  /**
   * Idle buffers by use and size; the sizes whose last buffer came back longest ago stand first. Of a size the oldest buffer is taken
   * first, whenever it came back: so runs of one plan, one after another, come to bind the same buffers, whose bind groups are kept.
   */
  readonly #idle = new Map<string, Buffer[]>();
  #idleBytes = 0;
  #doomed: Buffer[] = [];
  #nextId = 0;
  #made: { readonly buffer: Buffer; readonly failure: Promise<GPUError | null> }[] = [];
  /** The device had no room for them: they are nothing that could be used, now or later. */
  readonly #broken = new Set<Buffer>();

  /** What is only kept for convenience: given back when the budget is full. */
  kept: { readonly spareBytes: number; evictOld(): void } = { spareBytes: 0, evictOld: () => {} };

  bytesAllocated = 0;
  allocations = 0;
  /** Of the bytes allocated, those of buffers for maps: now, and the most there ever were. */
  mapBytes = 0;
  peakMapBytes = 0;

  constructor(device: GPUDevice, budget: number) {
    this.#device = device;
    this.#budget = budget;
    this.#maxSize = device.limits.maxBufferSize;
  }

  get bytesInUse(): number {
    return this.bytesAllocated - this.#idleBytes;
  }

  get budget(): number {
    return this.#budget;
  }

  /** Bytes of the budget that are not in use, or could be given back at once. */
  get room(): number {
    return Math.max(0, this.#budget - this.bytesInUse + this.kept.spareBytes);
  }

  take(bytes: number, use: BufferUse): Buffer {
    const size = this.#sizeClass(bytes);
    let idle = this.#takeIdle(use, size);
    if (!idle && this.bytesInUse + size > this.#budget) {
      this.kept.evictOld();
      idle = this.#takeIdle(use, size);
    }
    if (idle) return idle;
    this.#trim(this.#budget - size - this.bytesInUse);
    if (this.bytesInUse + size > this.#budget) {
      throw new EngineError('out-of-memory', `${bytes} bytes do not fit in the memory budget of ${this.#budget}`, {
        bytes,
        budget: this.#budget,
      });
    }
    this.#device.pushErrorScope('out-of-memory');
    const gpu = this.#device.createBuffer({ size, usage: usageOf[use] });
    const failure = this.#device.popErrorScope().catch(() => null);
    this.bytesAllocated += size;
    this.allocations++;
    if (use === 'maps') this.mapBytes += size;
    this.peakMapBytes = Math.max(this.peakMapBytes, this.mapBytes);
    const buffer = { gpu, id: this.#nextId++, use, size };
    this.#made.push({ buffer, failure });
    return buffer;
  }

  #takeIdle(use: BufferUse, size: number): Buffer | null {
    const idle = this.#idle.get(`${use} ${size}`)?.pop() ?? null;
    if (idle) this.#idleBytes -= idle.size;
    return idle;
  }

  give(buffer: Buffer): void {
    if (this.#broken.delete(buffer)) {
      this.drop(buffer);
      return;
    }
    const key = `${buffer.use} ${buffer.size}`;
    const list = this.#idle.get(key) ?? [];
    const at = list.findIndex(({ id }) => id < buffer.id);
    list.splice(at < 0 ? list.length : at, 0, buffer);
    this.#idle.delete(key);
    this.#idle.set(key, list);
    this.#idleBytes += buffer.size;
    // What lies idle may take half of the budget: enough to go back to any recent position without allocating.
    this.#trim(this.#budget / 2);
  }

  /** Gives a buffer up for good, when nothing recorded can be using it any more. */
  drop(buffer: Buffer): void {
    this.#doomed.push(buffer);
    this.bytesAllocated -= buffer.size;
    if (buffer.use === 'maps') this.mapBytes -= buffer.size;
  }

  /** Resolves when the allocations made since the last call are known to be good; rejects with `out-of-memory`. */
  async settled(): Promise<void> {
    if (this.#made.length === 0) return;
    const made = this.#made;
    this.#made = [];
    let error: EngineError | null = null;
    for (const { buffer, failure } of made) {
      const failed = await failure;
      if (!failed) continue;
      error ??= new EngineError('out-of-memory', failed.message, { bytes: this.bytesAllocated });
      if (!this.#dropIdle(buffer)) this.#broken.add(buffer);
    }
    if (error) throw error;
  }

  get hasUnsettled(): boolean {
    return this.#made.length > 0;
  }

  /** Drops a buffer that lies idle; false where it is in use. */
  #dropIdle(buffer: Buffer): boolean {
    const list = this.#idle.get(`${buffer.use} ${buffer.size}`);
    const at = list?.indexOf(buffer) ?? -1;
    if (!list || at < 0) return false;
    list.splice(at, 1);
    this.#idleBytes -= buffer.size;
    this.drop(buffer);
    return true;
  }

  /** Destroys what was given up. Called when nothing recorded is left unsubmitted: until then it may still be in use. */
  reap(): void {
    for (const { gpu } of this.#doomed) gpu.destroy();
    this.#doomed = [];
  }

  /** Gives up idle buffers, the longest idle sizes first, of these the newest, until at most `bytes` lie idle. */
  #trim(bytes: number): void {
    for (const [key, list] of this.#idle) {
      while (this.#idleBytes > Math.max(0, bytes) && list.length > 0) {
        const buffer = list.shift()!;
        this.#doomed.push(buffer);
        this.#idleBytes -= buffer.size;
        this.bytesAllocated -= buffer.size;
        if (buffer.use === 'maps') this.mapBytes -= buffer.size;
      }
      if (list.length === 0) this.#idle.delete(key);
    }
  }

  /**
   * Eight classes per power of two, so at most an eighth is wasted and nearby sizes share buffers. Above each there is room for the
   * zeros at the front: maps of 2^n bytes do not need the next class for them.
   */
  #sizeClass(bytes: number): number {
    const body = Math.max(1, bytes - leastSize);
    const step = Math.max(64, 2 ** Math.floor(Math.log2(body)) / 8);
    const size = bytes <= leastSize ? leastSize : leastSize + Math.ceil(body / step) * step;
    if (bytes > this.#maxSize) {
      throw new EngineError('too-large', `${bytes} bytes exceed the device's largest buffer of ${this.#maxSize}`, {
        bytes,
        limit: this.#maxSize,
      });
    }
    return Math.min(size, Math.floor(this.#maxSize / 16) * 16);
  }
}
