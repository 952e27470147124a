/**
 * Packed weights on the device, once per parameters object and order, in parts that fit a binding. The least recently used give their
 * buffers back, so a dragged kernel cell, which makes new weights at every step, stays within some hundred small buffers.
 */
import type { DrawnParameters } from '../../../graph/graph.ts';
import type { Operator } from '../../../operators/index.ts';
import type { ParameterSpec, ParameterValues } from '../../../operators/operator.ts';
import type { Range } from '../../../operators/programs/cuts.ts';
import type { DrawnValues } from '../../../operators/programs/drawnWeights.ts';
import { type Packing, uniformWeightBytes } from '../../../operators/programs/weights.ts';
import { EngineError } from '../../engine.ts';
import type { BufferPool } from './buffers.ts';
import type { Binding, Recorder } from './recorder.ts';

/** Enough for the layers of a network; memory that runs short gives them back before. */
const maxEntries = 256;

/** Whose values tables are, and what biases alone are packed of. */
const noParameters: ParameterValues = { weight: new Float32Array(0), bias: null };

/** Tensors of the engine as a layer's program takes them; the buffers belong to the run. */
export interface HeldValues {
  packed(packing: Packing, part: Range): Binding;
  /** A tensor as it is, followed by what fills its last vec4. */
  raw(name: ParameterSpec['name']): Binding;
}

/** What the layer's program is given: values, how the device draws them, or where it holds them. */
export type LayerValues = ParameterValues | DrawnValues | { readonly held: HeldValues };

/** Makes buffers of drawn weights; loaded when a run first has some. */
export interface Drawing {
  /** What takes the place of a node's recipe: once for the same operator and recipe. */
  valuesOf(operator: Operator, recipe: DrawnParameters): LayerValues;
  /** Filled, whatever becomes of the recording. Throws NotCompiled before it takes anything. */
  packed(values: DrawnValues, packing: Packing, part: Range): Binding;
}

interface Entry {
  readonly values: LayerValues | Float32Array;
  readonly key: string;
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

  drawing: Drawing | null = null;

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
  packed(values: LayerValues, packing: Packing, part: Range): Binding {
    if ('held' in values) return values.held.packed(packing, part);
    const { where, key, pack } = packing;
    return this.#entry(values, `${where} ${key} ${part}`, () =>
      'draw' in values ? this.#drawn(values, packing, part) : this.#written(pack(values, part), where),
    );
  }

  /** A learned tensor as it is, followed by what fills its last vec4. */
  raw(values: Float32Array): Binding {
    return this.#entry(values, 'raw', () => {
      const padded = new Float32Array(Math.ceil(values.length / 4) * 4);
      padded.set(values);
      return this.#written(padded, 'storage');
    });
  }

  /** Numbers that belong to no layer. */
  table(key: string, make: () => Float32Array<ArrayBuffer>): Binding {
    return this.#entry(noParameters, key, () => this.#written(make(), 'storage'));
  }

  #written(values: Float32Array<ArrayBuffer>, where: Packing['where']): Binding {
    // A uniform array has a fixed size in WGSL: its buffer is always that large.
    const size = where === 'uniform' ? uniformWeightBytes : values.byteLength;
    const buffer = this.#pool.take(size, where);
    this.#recorder.write(buffer, values);
    return { buffer, size };
  }

  #drawn(values: DrawnValues, packing: Packing, part: Range): Binding {
    // Few, and known to the host.
    if (packing.places?.of === 'biases') {
      const biases = { ...noParameters, bias: values.affine?.shift ?? null };
      return this.#written(packing.pack(biases, part), packing.where);
    }
    if (!this.drawing) throw new EngineError('internal', 'nothing to draw weights with is loaded');
    return this.drawing.packed(values, packing, part);
  }

  #entry(values: Entry['values'], key: string, make: () => Binding): Binding {
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
    const entry = { values, key, binding: make() };
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
    return old.reduce((sum, { binding }) => sum + binding.buffer.size, 0);
  }

  #evict(count: number): void {
    if (count <= 0) return;
    for (const { binding } of this.#entries.splice(0, count)) this.#pool.give(binding.buffer);
  }
}
