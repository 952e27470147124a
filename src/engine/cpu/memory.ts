/** The worker's memory for maps: arrays that are given back are handed out again, so that a moved slider allocates nothing. */

export interface Memory {
  take(length: number): Float32Array<ArrayBuffer>;
  giveBack(values: Float32Array<ArrayBuffer>): void;
  /** Bytes in use and in reserve. */
  readonly bytes: number;
  readonly allocations: number;
}

/** `reserve`: how many bytes may wait for their next use. */
export function createMemory(reserve: number): Memory {
  const waiting = new Map<number, Float32Array<ArrayBuffer>[]>();
  let bytes = 0;
  let bytesWaiting = 0;
  let allocations = 0;

  function dropOldest(): void {
    for (const [length, arrays] of waiting) {
      if (bytesWaiting <= reserve) return;
      const dropped = arrays.splice(0).length * length * 4;
      bytesWaiting -= dropped;
      bytes -= dropped;
      waiting.delete(length);
    }
  }

  return {
    take(length) {
      const arrays = waiting.get(length);
      const found = arrays?.pop();
      if (arrays?.length === 0) waiting.delete(length);
      if (found) {
        bytesWaiting -= 4 * length;
        return found;
      }
      const made = new Float32Array(length);
      bytes += 4 * length;
      allocations += 1;
      return made;
    },
    giveBack(values) {
      const arrays = waiting.get(values.length) ?? [];
      // Behind the others: the size given back last is the one most likely asked for next.
      waiting.delete(values.length);
      waiting.set(values.length, [...arrays, values]);
      bytesWaiting += values.byteLength;
      dropOldest();
    },
    get bytes() {
      return bytes;
    },
    get allocations() {
      return allocations;
    },
  };
}
