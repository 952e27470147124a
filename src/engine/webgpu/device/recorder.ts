/**
 * Records dispatches and copies and submits them. Uniforms of all dispatches of one submission lie in one small buffer, written
 * once; the queue's order makes it free again for the next. Bind groups are kept by what they bind.
 */
import type { Dispatch } from '../../../operators/programs/program.ts';
import type { Buffer, BufferPool } from './buffers.ts';
import type { Compiled } from './pipelines.ts';

/** A range of a buffer as a shader sees it; absent numbers: the whole buffer. */
export interface Binding {
  readonly buffer: Buffer;
  readonly offset?: number;
  readonly size?: number;
}

/** Room for about a thousand dispatches per submission. */
const arenaBytes = 262144;
/** A step of training binds some three hundred; several runs take turns. */
const maxBindGroups = 4096;

export class Recorder {
  readonly #device: GPUDevice;
  readonly #pool: BufferPool;
  readonly #arena: Buffer;
  readonly #staging = new Uint8Array(arenaBytes);
  readonly #alignment: number;
  #used = 0;
  #encoder: GPUCommandEncoder | null = null;
  #pass: GPUComputePassEncoder | null = null;
  readonly #bindGroups = new Map<string, GPUBindGroup>();

  dispatches = 0;
  submissions = 0;

  constructor(device: GPUDevice, pool: BufferPool) {
    this.#device = device;
    this.#alignment = device.limits.minUniformBufferOffsetAlignment;
    this.#pool = pool;
    this.#arena = pool.take(arenaBytes, 'uniform');
  }

  /** `bindings`: everything but the uniforms, in the program's order. */
  dispatch(compiled: Compiled, dispatch: Dispatch, bindings: readonly Binding[]): void {
    const size = dispatch.uniforms.byteLength;
    if (this.#used + size > arenaBytes) this.submit();
    const offset = this.#used;
    this.#staging.set(new Uint8Array(dispatch.uniforms), offset);
    this.#used = Math.ceil((offset + size) / this.#alignment) * this.#alignment;
    this.#pass ??= this.#commands().beginComputePass();
    this.#pass.setPipeline(compiled.pipeline);
    this.#pass.setBindGroup(0, this.#bindGroup(compiled, size, bindings), [offset]);
    this.#pass.dispatchWorkgroups(...dispatch.workgroups);
    this.dispatches++;
  }

  copy(from: Buffer, fromOffset: number, to: Buffer, toOffset: number, bytes: number): void {
    this.#endPass();
    this.#commands().copyBufferToBuffer(from.gpu, fromOffset, to.gpu, toOffset, bytes);
  }

  /**
   * Writes from the host. The queue takes a write at once, ahead of what is recorded and not submitted, and that may still use a
   * pooled buffer's former contents: so it is submitted first.
   */
  write(
    buffer: Buffer,
    values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
    offset = 0,
  ): void {
    this.submit();
    this.#device.queue.writeBuffer(buffer.gpu, offset, values);
  }

  clear(buffer: Buffer, bytes: number): void {
    this.#endPass();
    this.#commands().clearBuffer(buffer.gpu, 0, bytes);
  }

  /** Begins a compute pass that writes the times of its begin and end into two queries of `querySet`. */
  beginTimedPass(querySet: GPUQuerySet): void {
    this.#endPass();
    this.#pass = this.#commands().beginComputePass({
      timestampWrites: { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    });
  }

  /** The encoder itself, outside any compute pass, for a render pass or a query. */
  encoder(): GPUCommandEncoder {
    this.#endPass();
    return this.#commands();
  }

  submit(): void {
    this.#endPass();
    if (this.#encoder === null) return;
    if (this.#used > 0)
      this.#device.queue.writeBuffer(this.#arena.gpu, 0, this.#staging, 0, Math.ceil(this.#used / 4) * 4);
    this.#device.queue.submit([this.#encoder.finish()]);
    this.#encoder = null;
    this.#used = 0;
    this.submissions++;
    this.#pool.reap();
  }

  /** Drops what was recorded and not submitted. */
  discard(): void {
    this.#endPass();
    this.#encoder = null;
    this.#used = 0;
    this.#pool.reap();
  }

  #commands(): GPUCommandEncoder {
    this.#encoder ??= this.#device.createCommandEncoder();
    return this.#encoder;
  }

  #endPass(): void {
    this.#pass?.end();
    this.#pass = null;
  }

  #bindGroup(compiled: Compiled, uniformBytes: number, bindings: readonly Binding[]): GPUBindGroup {
    const parts = bindings.map(({ buffer, offset = 0, size = buffer.size }) => `${buffer.id}:${offset}:${size}`);
    const key = `${compiled.program.bindings.join(' ')} ${uniformBytes} ${parts.join(' ')}`;
    const known = this.#bindGroups.get(key);
    if (known) {
      // Move to the end: the first ones are the longest unused.
      this.#bindGroups.delete(key);
      this.#bindGroups.set(key, known);
      return known;
    }
    const group = this.#device.createBindGroup({
      layout: compiled.layout,
      entries: [
        { binding: 0, resource: { buffer: this.#arena.gpu, offset: 0, size: uniformBytes } },
        ...bindings.map(({ buffer, offset = 0, size = buffer.size }, i) => ({
          binding: i + 1,
          resource: { buffer: buffer.gpu, offset, size },
        })),
      ],
    });
    this.#bindGroups.set(key, group);
    if (this.#bindGroups.size > maxBindGroups) this.#bindGroups.delete(this.#bindGroups.keys().next().value!);
    return group;
  }
}
