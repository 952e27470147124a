/**
 * Does a task in WebAssembly. The input is copied in and, where the stride is not 1, split into phases; then every tap of the kernel
 * reads contiguous pixels. Rows are computed one by one, or, where their ends would waste more, as one row over all of them, gaps
 * included, that are taken out at the end. However a map is cut, each of its values is the sum of the same terms in the same order.
 */
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import type { Pair, ParameterValues } from '../../../operators/operator.ts';
import { applyActivation, type ConvTask, outputSize } from '../convTask.ts';
import { createHeap, type Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { longestTile, packInto, phaseLayout, planeLength, writeTapOffsets } from './packing.ts';

/** Sums of more terms are made of blocks: a float32 sum of n terms errs by up to n roundings. */
const tapsAtOnce = 128;
/** The inner loops may read and write past the end by a tile. */
const slack = 128;
/** Taking the gaps out of a value costs about as much as so many taps. */
const compactionTaps = 4;

/** Bytes of packed weights that wait for their next use. */
const defaultPackedLimit = 64 * 2 ** 20;

export interface Convolver {
  /** Place in the kernels' memory for the input of the next task, which spares it a copy. */
  allocate(length: number): Float32Array<ArrayBuffer>;
  /** [channels, rows, columns] of the task's box: a view, true until the next call. */
  compute(task: ConvTask): Float32Array<ArrayBuffer>;
}

interface Packed {
  readonly weights: number;
  readonly bias: number;
  readonly bytes: number;
}

export function createConvolver(kernels: Kernels, packedLimit = defaultPackedLimit): Convolver {
  const heap = createHeap(kernels.memory);
  const packedOf = createPackedWeights(heap, packedLimit);

  let places: number[] = [];
  const take = (values: number): number => {
    const place = heap.take(4 * values + slack);
    places.push(place);
    return place;
  };

  return {
    allocate(length) {
      const at = take(length) / 4;
      return heap.floats.subarray(at, at + length);
    },
    compute(task) {
      try {
        return convolve(task, kernels, heap, packedOf, take);
      } finally {
        for (const place of places) heap.giveBack(place);
        places = [];
      }
    },
  };
}

function convolve(
  { conv, input, parameters, channel, channels, activations }: ConvTask,
  kernels: Kernels,
  heap: Heap,
  packedOf: (parameters: ParameterValues, groups: number, filters: number) => Packed,
  take: (values: number) => number,
): Float32Array<ArrayBuffer> {
  const [, planes, height, width] = input.shape;
  const { groups, kernelSize, dilation } = conv;
  const [slices, filters] = [conv.inChannels / groups, conv.outChannels / groups];
  const [rows, columns] = outputSize(conv, input.shape);
  const taps = slices * kernelSize[0] * kernelSize[1];
  // Before anything else is taken: a memory that grows leaves the views of it behind.
  let from = input.values.buffer === kernels.memory.buffer ? input.values.byteOffset : copyIn(input.values, heap, take);
  const packed = packedOf(parameters, groups, filters);

  // One row or column of outputs needs no phases.
  const steps: Pair = [rows === 1 ? 1 : conv.stride[0], columns === 1 ? 1 : conv.stride[1]];
  const layout = phaseLayout(height, width, steps);
  if (steps[0] > 1 || steps[1] > 1) {
    const phases = take(planes * planeLength(layout));
    const reached = (axis: 0 | 1) => Math.min(steps[axis], dilation[axis] * (kernelSize[axis] - 1) + 1);
    kernels.split(from, planes, height, width, phases, steps[0], steps[1], reached(0), reached(1));
    from = phases;
  }
  const offsets = take(taps);
  writeTapOffsets(heap.words.subarray(offsets / 4, offsets / 4 + taps), conv, slices, layout);

  const pitch = layout.columns;
  const tile = longestTile(filters);
  const room = (length: number) => (taps > tapsAtOnce ? Math.ceil(length / tile) * tile : length);
  const flatLength = (rows - 1) * pitch + columns;
  const byRows = rows * Math.ceil(columns / tile) * tile;
  const isFlat = rows === 1 || columns < tile || flatLength * (1 + compactionTaps / taps) < byRows;
  const outPitch = isFlat ? pitch : room(columns);
  const plane = isFlat ? room(Math.max(flatLength, tile)) : rows * outPitch;
  const out = take(conv.outChannels * plane);
  const [clamp, others] = clampOf(activations);
  kernels.convolve(
    from,
    4 * pitch,
    4 * slices * planeLength(layout),
    offsets,
    taps,
    Math.ceil(taps / Math.ceil(taps / tapsAtOnce)),
    packed.weights,
    packed.bias,
    groups,
    filters,
    out,
    4 * outPitch,
    4 * plane,
    isFlat ? 1 : rows,
    isFlat ? flatLength : columns,
    clamp ? 1 : 0,
    clamp?.lo ?? 0,
    clamp?.hi ?? 0,
  );
  const first = out + 4 * channel * plane;
  if (outPitch !== columns || plane !== rows * columns)
    kernels.compact(first, channels, 4 * plane, rows, 4 * outPitch, columns);
  const values = heap.floats.subarray(first / 4, first / 4 + channels * rows * columns);
  for (const name of others) applyActivation(name, values);
  return values;
}

function copyIn(values: Float32Array, heap: Heap, take: (values: number) => number): number {
  const place = take(values.length);
  heap.floats.set(values, place / 4);
  return place;
}

/** An activation that the store does itself, and those that are left. */
function clampOf(
  activations: readonly ActivationName[],
): readonly [{ readonly lo: number; readonly hi: number } | null, readonly ActivationName[]] {
  const [first, ...others] = activations;
  if (first === 'relu') return [{ lo: 0, hi: Number.POSITIVE_INFINITY }, others];
  if (first === 'relu6') return [{ lo: 0, hi: 6 }, others];
  return [null, activations];
}

/** Weights in the memory, packed once for each parameters object; the least recently used go first. */
function createPackedWeights(heap: Heap, limit: number) {
  const kept = new Map<ParameterValues, Packed>();
  let bytes = 0;

  function pack({ weight, bias }: ParameterValues, groups: number, filters: number): Packed {
    const place = heap.take(4 * (weight.length + groups * filters));
    const at = place / 4;
    const { floats } = heap;
    packInto(floats.subarray(at, at + weight.length), weight, groups, filters);
    const biases = floats.subarray(at + weight.length, at + weight.length + groups * filters);
    if (bias) biases.set(bias);
    else biases.fill(0);
    return { weights: place, bias: place + 4 * weight.length, bytes: 4 * (weight.length + biases.length) };
  }

  return (parameters: ParameterValues, groups: number, filters: number): Packed => {
    const found = kept.get(parameters) ?? pack(parameters, groups, filters);
    if (kept.delete(parameters)) bytes -= found.bytes;
    kept.set(parameters, found);
    bytes += found.bytes;
    for (const [oldest, packed] of kept) {
      if (bytes <= limit || oldest === parameters) break;
      kept.delete(oldest);
      bytes -= packed.bytes;
      heap.giveBack(packed.weights);
    }
    return found;
  };
}
