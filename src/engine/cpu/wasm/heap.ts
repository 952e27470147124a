/**
 * Places in a WebAssembly memory: first fit over the gaps between what is in use. The memory grows when no gap is large enough, and
 * never shrinks, so what is taken must be given back. Places are multiples of 64 bytes, a cache line.
 */
import { EngineError } from '../../engine.ts';

const line = 64;
const page = 65536;

export interface Heap {
  /** A place of at least so many bytes. Throws EngineError `out-of-memory` when the memory cannot grow. */
  take(bytes: number): number;
  giveBack(place: number): void;
  /** Views of the whole memory as it is now; growing it makes new ones. */
  readonly floats: Float32Array<ArrayBuffer>;
  readonly words: Uint32Array<ArrayBuffer>;
}

export function createHeap(memory: WebAssembly.Memory): Heap {
  /** In use, ascending: what lies between is free. */
  const taken: { readonly at: number; readonly end: number }[] = [];
  let floats = new Float32Array(memory.buffer as ArrayBuffer);
  let words = new Uint32Array(memory.buffer as ArrayBuffer);

  function viewAgain(): void {
    if (floats.buffer === memory.buffer) return;
    floats = new Float32Array(memory.buffer as ArrayBuffer);
    words = new Uint32Array(memory.buffer as ArrayBuffer);
  }

  function grow(bytes: number): void {
    try {
      memory.grow(Math.ceil(bytes / page));
    } catch (error) {
      // Browsers say it in words of their own.
      throw new EngineError('out-of-memory', error instanceof Error ? error.message : String(error), { bytes });
    }
  }

  return {
    take(bytes) {
      const size = Math.max(line, Math.ceil(bytes / line) * line);
      // The first line stays free, so that no place is 0.
      let at = line;
      let index = 0;
      for (; index < taken.length && taken[index]!.at - at < size; index += 1) at = taken[index]!.end;
      const missing = at + size - memory.buffer.byteLength;
      if (missing > 0) grow(missing);
      taken.splice(index, 0, { at, end: at + size });
      return at;
    },
    giveBack(place) {
      const index = taken.findIndex(({ at }) => at === place);
      if (index >= 0) taken.splice(index, 1);
    },
    get floats() {
      viewAgain();
      return floats;
    },
    get words() {
      viewAgain();
      return words;
    },
  };
}
