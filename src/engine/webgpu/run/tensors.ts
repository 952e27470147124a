/**
 * The engine's tensors. `stored`: the maps are there. `recomputed`: the maps are too large to keep; there is what is needed to
 * compute any box of them again, and a reduced copy (box mean) for looking at the whole.
 */

import type { NodeId } from '../../../graph/graph.ts';
import type { Shape } from '../../../operators/operator.ts';
import type { Tensor } from '../../engine.ts';
import type { Buffer, BufferPool } from '../device/buffers.ts';
import type { Recipe } from '../evaluation.ts';
import type { MapArray } from '../maps/arrays.ts';
import type { StatisticsLevel } from '../statistics/statistics.ts';

export type Content =
  | { readonly kind: 'stored'; readonly maps: MapArray }
  | {
      readonly kind: 'recomputed';
      /** Its known arrays are held by this tensor. */
      readonly recipe: Recipe;
      readonly node: NodeId;
      /** One pixel for `factor` x `factor` of the maps. */
      readonly preview: MapArray;
      readonly factor: number;
    };

let nextId = 0;

export class DeviceTensor implements Tensor {
  readonly id = nextId++;
  readonly shape: Shape;
  readonly content: Content;
  /** Records of the maps and of the layer; null until somebody asks. */
  records: Buffer | null = null;
  level: StatisticsLevel = 0;
  readonly #pool: BufferPool;
  readonly #onFree: () => void;
  #isFreed = false;

  constructor(pool: BufferPool, shape: Shape, content: Content, onFree: () => void) {
    this.#pool = pool;
    this.shape = shape;
    this.content = content;
    this.#onFree = onFree;
  }

  get isFreed(): boolean {
    return this.#isFreed;
  }

  free(): void {
    if (this.#isFreed) return;
    this.#isFreed = true;
    const { content } = this;
    switch (content.kind) {
      case 'stored':
        content.maps.release();
        break;
      case 'recomputed':
        content.preview.release();
        for (const maps of content.recipe.known.values()) maps.release();
        break;
      default:
        content satisfies never;
    }
    if (this.records) this.#pool.give(this.records);
    this.records = null;
    this.#onFree();
  }
}
