/** Weights in a thread's WebAssembly memory, packed once for each parameters object; those used longest ago give their place back. */
import type { ParameterValues } from '../../../operators/operator.ts';
import type { ConvForm } from '../convTask.ts';
import type { Heap } from './heap.ts';
import { packInto } from './packing.ts';

export interface Packed {
  readonly weights: number;
  readonly bias: number;
}

export type PackedWeights = (parameters: ParameterValues, form: ConvForm, groups: number, filters: number) => Packed;

/** Bytes that wait for their next use, and how many parameters objects: a dragged slider makes small ones without end. */
const waitingLimit = 64 * 2 ** 20;
const mostWaiting = 64;

interface Kept extends Packed {
  readonly form: ConvForm;
  readonly bytes: number;
}

export function createPackedWeights(heap: Heap, limit = waitingLimit): PackedWeights {
  /** By their last use. */
  const kept = new Map<ParameterValues, Kept>();
  let bytes = 0;

  function pack({ weight, bias }: ParameterValues, form: ConvForm, groups: number, filters: number): Kept {
    const size = weight.length + groups * filters;
    const place = heap.take(4 * size);
    const values = heap.floats.subarray(place / 4, place / 4 + size);
    if (form === 'rows') packInto(values, weight, groups, filters);
    else values.set(weight);
    if (bias) values.set(bias, weight.length);
    else values.fill(0, weight.length);
    return { weights: place, bias: place + 4 * weight.length, form, bytes: 4 * size };
  }

  function drop(parameters: ParameterValues, packed: Kept): void {
    kept.delete(parameters);
    bytes -= packed.bytes;
    heap.giveBack(packed.weights);
  }

  return (parameters, form, groups, filters) => {
    const known = kept.get(parameters);
    if (known?.form === form) {
      kept.delete(parameters);
      kept.set(parameters, known);
      return known;
    }
    if (known) drop(parameters, known);
    const packed = pack(parameters, form, groups, filters);
    kept.set(parameters, packed);
    bytes += packed.bytes;
    for (const [oldest, other] of kept) {
      if ((bytes <= limit && kept.size <= mostWaiting) || oldest === parameters) break;
      drop(oldest, other);
    }
    return packed;
  };
}
