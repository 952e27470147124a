/**
 * Packed weights on the device, once per parameters object and order. The least recently used give their buffers back, so a
 * dragged kernel cell, which makes new weights at every step, stays within some hundred small buffers.
 */
import type { ParameterValues } from '../../operators/operator.ts';
import { orderKey, packWeights, uniformWeightBytes, type WeightOrder } from '../../operators/programs/weights.ts';
import type { Buffer, BufferPool } from './buffers.ts';
import type { Binding, Recorder } from './recorder.ts';

/** Enough for the layers of a network; memory that runs short gives them back before. */
const maxEntries = 256;

/** Whose values tables are. */
const noParameters: ParameterValues = { weight: new Float32Array(0), bias: null };

interface Entry {
  readonly values: ParameterValues | Float32Array;
  readonly key: string;
  readonly buffer: Buffer;
  readonly binding: Binding;
}

export class PackedWeights {
  readonly #pool: BufferPool;
  readonly #recorder: Recorder;
  /** Least recently used first. */
  #entries: Entry[] = [];
  /** What was asked for and may not be recorded yet: writing other weights submits, and would destroy it if it were given back. */
  readonly #inUse = new Set<Entry>();

  constructor(pool: BufferPool, recorder: Recorder) {
    this.#pool = pool;
    this.#recorder = recorder;
  }

  of(values: ParameterValues, order: WeightOrder, where: 'uniform' | 'storage'): Binding {
    return this.packed(values, orderKey(order), where, () => packWeights(order, values));
  }

  /** All learned tensors in an order that `key` names and `pack` makes; whole vec4. */
  packed(
    values: ParameterValues,
    key: string,
    where: 'uniform' | 'storage',
    pack: (values: ParameterValues) => Float32Array<ArrayBuffer>,
  ): Binding {
    return this.#entry(values, `${where} ${key}`, where, () => pack(values));
  }

  /** A learned tensor as it is, followed by what fills its last vec4. */
  raw(values: Float32Array): Binding {
    return this.#entry(values, 'raw', 'storage', () => {
      const padded = new Float32Array(Math.ceil(values.length / 4) * 4);
      padded.set(values);
      return padded;
    });
  }

  /** Numbers that belong to no layer. */
  table(key: string, make: () => Float32Array<ArrayBuffer>): Binding {
    return this.#entry(noParameters, key, 'storage', make);
  }

  #entry(
    values: Entry['values'],
    key: string,
    where: 'uniform' | 'storage',
    pack: () => Float32Array<ArrayBuffer>,
  ): Binding {
    const at = this.#entries.findIndex((entry) => entry.values === values && entry.key === key);
    const known = this.#entries[at];
    if (known) {
      this.#entries.splice(at, 1);
      this.#entries.push(known);
      this.#inUse.add(known);
      return known.binding;
    }
    // The oldest makes room first, so that its buffer can serve the new one.
    if (this.#entries.length >= maxEntries) this.#evict(1);
    const packed = pack();
    // A uniform array has a fixed size in WGSL: its buffer is always that large.
    const size = where === 'uniform' ? uniformWeightBytes : packed.byteLength;
    const buffer = this.#pool.take(size, where);
    this.#recorder.write(buffer, packed);
    const entry = { values, key, buffer, binding: { buffer, size } };
    this.#entries.push(entry);
    this.#inUse.add(entry);
    return entry.binding;
  }

  /** All that was asked for so far is recorded. */
  recorded(): void {
    this.#inUse.clear();
  }

  /** Gives back all but what the program being recorded is about to use: the newest. */
  evictOld(): void {
    this.#evict(this.#entries.length - this.#inUse.size);
  }

  #evict(count: number): void {
    if (count <= 0) return;
    for (const { buffer } of this.#entries.splice(0, count)) this.#pool.give(buffer);
  }
}
