/**
 * Packed weights on the device, once per parameters object and order, in parts that fit a binding. The least recently used give their
 * buffers back, so a dragged kernel cell, which makes new weights at every step, stays within some hundred small buffers.
 */
import type { ParameterValues } from '../../../operators/operator.ts';
import type { Range } from '../../../operators/programs/cuts.ts';
import { type Packing, uniformWeightBytes } from '../../../operators/programs/weights.ts';
import { EngineError } from '../../engine.ts';
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
  readonly #maxBinding: number;
  /** Least recently used first. */
  #entries: Entry[] = [];
  /** What was asked for and may not be recorded yet: writing other weights submits, and would destroy it if it were given back. */
  readonly #inUse = new Set<Entry>();

  /** `maxBinding`: in bytes. */
  constructor(pool: BufferPool, recorder: Recorder, maxBinding: number) {
    this.#pool = pool;
    this.#recorder = recorder;
    this.#maxBinding = maxBinding;
  }

  /**
   * The blocks of each part, in order: as many as a binding and an eighth of the budget hold, so that weights larger than the budget
   * leave room for what they work on, but one at least. Throws `too-large` where a binding does not hold one.
   */
  partsOf({ where, blocks, perBlock }: Packing): readonly Range[] {
    const bytes = 4 * perBlock;
    const limit = this.#maxBinding;
    if (where === 'uniform') return [[0, blocks]];
    if (bytes > limit)
      throw new EngineError('too-large', `a block of ${bytes} bytes of weights is more than a binding holds`, {
        bytes,
        limit,
      });
    const most = Math.max(1, Math.floor(Math.min(limit, this.#pool.budget / 8) / bytes));
    // Alike, so that one's buffer can serve the next.
    const atOnce = Math.ceil(blocks / Math.ceil(blocks / most));
    const parts: Range[] = [];
    for (let from = 0; from < blocks; from += atOnce) parts.push([from, Math.min(blocks, from + atOnce)]);
    return parts;
  }

  /** The learned tensors of a part, in the packing's order. */
  packed(values: ParameterValues, { where, key, pack }: Packing, part: Range): Binding {
    return this.#entry(values, `${where} ${key} ${part}`, where, () => pack(values, part));
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

  /** What `evictOld` would give back, in bytes. */
  get spareBytes(): number {
    const old = this.#entries.slice(0, this.#entries.length - this.#inUse.size);
    return old.reduce((sum, { buffer }) => sum + buffer.size, 0);
  }

  #evict(count: number): void {
    if (count <= 0) return;
    for (const { buffer } of this.#entries.splice(0, count)) this.#pool.give(buffer);
  }
}
