/**
 * Does a task in WebAssembly. The input is copied in and, where the stride is not 1, split into phases; then every tap of the kernel
 * reads contiguous pixels. Rows are computed one by one, or, where their ends would waste more, as one row over all of them, gaps
 * included, that are taken out at the end. However a map is cut, each of its values is the sum of the same terms in the same order.
 */
import type { ActivationName } from '../../../operators/activation/attributes.ts';
import type { Pair } from '../../../operators/operator.ts';
import { applyActivation, type ConvTask, outputSize } from '../convTask.ts';
import { createHeap, type Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { createPackedWeights, type Packed, type PackedWeights } from './packedWeights.ts';
import { longestTile, phaseLayout, planeLength, writeTapOffsets } from './packing.ts';

/** Sums of more terms are made of blocks: a float32 sum of n terms errs by up to n roundings. */
const tapsAtOnce = 128;
/** The inner loops may read and write past the end by a tile. */
const slack = 128;
/** Taking the gaps out of a value costs about as much as so many taps. */
const compactionTaps = 4;

/** Gives a place for so many values, until the task is done. */
type Take = (values: number) => number;
type Values = Float32Array<ArrayBuffer>;
interface Clamp {
  readonly lo: number;
  readonly hi: number;
}

export interface Convolver {
  /** Place in the kernels' memory for the input of the next task, which spares it a copy. */
  allocate(length: number): Float32Array<ArrayBuffer>;
  /** [channels, rows, columns] of the task's box: a view, true until the next call. */
  compute(task: ConvTask): Float32Array<ArrayBuffer>;
}

export function createConvolver(kernels: Kernels, packedLimit?: number): Convolver {
  const heap = createHeap(kernels.memory);
  const packedOf = createPackedWeights(heap, packedLimit);

  let places: number[] = [];
  const take: Take = (values) => {
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

function convolve(task: ConvTask, kernels: Kernels, heap: Heap, packedOf: PackedWeights, take: Take): Values {
  const { conv, input, channel, channels, activations } = task;
  const { groups } = conv;
  // Before anything else is taken: a memory that grows leaves the views of it behind.
  const at = input.values.buffer === kernels.memory.buffer ? input.values.byteOffset : copyIn(input.values, heap, take);
  const packed = packedOf(task.parameters, task.form, groups, conv.outChannels / groups);
  const [clamp, others] = clampOf(activations);
  const [rows, columns] = outputSize(conv, input.shape);
  const place = task.form === 'rows' ? inRows : inDots;
  const { out, plane, pitch } = place({ task, kernels, heap, take, at, packed, rows, columns, clamp });
  const first = out + 4 * channel * plane;
  if (pitch !== columns || plane !== rows * columns)
    kernels.compact(first, channels, 4 * plane, rows, 4 * pitch, columns);
  const values = heap.floats.subarray(first / 4, first / 4 + channels * rows * columns);
  for (const name of others) applyActivation(name, values);
  return values;
}

interface Work {
  readonly task: ConvTask;
  readonly kernels: Kernels;
  readonly heap: Heap;
  readonly take: Take;
  /** Of the input. */
  readonly at: number;
  readonly packed: Packed;
  readonly rows: number;
  readonly columns: number;
  readonly clamp: Clamp | null;
}

/** Where the outputs stand: values from one filter to the next and from one row to the next. */
interface Placed {
  readonly out: number;
  readonly plane: number;
  readonly pitch: number;
}

function inRows({ task, kernels, heap, take, at, packed, rows, columns, clamp }: Work): Placed {
  const { conv, input } = task;
  const [, planes, height, width] = input.shape;
  const { groups, kernelSize, dilation } = conv;
  const [slices, filters] = [conv.inChannels / groups, conv.outChannels / groups];
  const taps = slices * kernelSize[0] * kernelSize[1];
  let from = at;
  // One row or column of outputs needs no phases.
  const steps: Pair = [rows === 1 ? 1 : conv.stride[0], columns === 1 ? 1 : conv.stride[1]];
  const layout = phaseLayout(height, width, steps);
  if (steps[0] > 1 || steps[1] > 1) {
    const reached = (axis: 0 | 1) => Math.min(steps[axis], dilation[axis] * (kernelSize[axis] - 1) + 1);
    from = take(planes * planeLength(layout));
    kernels.split(at, planes, height, width, from, steps[0], steps[1], reached(0), reached(1));
  }
  const offsets = take(taps);
  writeTapOffsets(heap.words.subarray(offsets / 4, offsets / 4 + taps), conv, slices, layout);

  const tile = longestTile(filters);
  const room = (length: number) => (taps > tapsAtOnce ? Math.ceil(length / tile) * tile : length);
  const flatLength = (rows - 1) * layout.columns + columns;
  const byRows = rows * Math.ceil(columns / tile) * tile;
  const isFlat = rows === 1 || flatLength * (1 + compactionTaps / taps) < byRows;
  // A row narrower than a tile is stored as a whole tile.
  const pitch = isFlat ? layout.columns : Math.max(room(columns), tile);
  const plane = isFlat ? room(Math.max(flatLength, tile)) : rows * pitch;
  const out = take(conv.outChannels * plane);
  kernels.convolve(
    from,
    4 * layout.columns,
    4 * slices * planeLength(layout),
    offsets,
    taps,
    Math.ceil(taps / Math.ceil(taps / tapsAtOnce)),
    packed.weights,
    packed.bias,
    groups,
    filters,
    out,
    4 * pitch,
    4 * plane,
    isFlat ? 1 : rows,
    isFlat ? flatLength : columns,
    ...clampArguments(clamp),
  );
  return { out, plane, pitch };
}

function inDots({ task, kernels, heap, take, at, packed, rows, columns, clamp }: Work): Placed {
  const { conv, input } = task;
  const { groups, stride } = conv;
  const [, , height, width] = input.shape;
  const [slices, filters] = [conv.inChannels / groups, conv.outChannels / groups];
  const taps = slices * conv.kernelSize[0] * conv.kernelSize[1];
  const plane = rows * columns;
  const offsets = take(taps);
  const column = take(taps);
  const out = take(conv.outChannels * plane);
  writeTapOffsets(
    heap.words.subarray(offsets / 4, offsets / 4 + taps),
    conv,
    slices,
    phaseLayout(height, width, [1, 1]),
  );
  for (let group = 0; group < groups; group += 1) {
    const weights = packed.weights + 4 * group * filters * taps;
    const bias = packed.bias + 4 * group * filters;
    for (let pixel = 0; pixel < plane; pixel += 1) {
      const [y, x] = [Math.floor(pixel / columns) * stride[0], (pixel % columns) * stride[1]];
      kernels.gather(at + 4 * ((group * slices * height + y) * width + x), offsets, taps, column);
      const to = out + 4 * (group * filters * plane + pixel);
      kernels.dots(column, taps, weights, bias, filters, to, 4 * plane, ...clampArguments(clamp));
    }
  }
  return { out, plane, pitch: columns };
}

function copyIn(values: Float32Array, heap: Heap, take: Take): number {
  const place = take(values.length);
  heap.floats.set(values, place / 4);
  return place;
}

function clampArguments(clamp: Clamp | null): [clamped: number, lo: number, hi: number] {
  return clamp ? [1, clamp.lo, clamp.hi] : [0, 0, 0];
}

/** An activation that the store does itself, and those that are left. */
function clampOf(activations: readonly ActivationName[]): readonly [Clamp | null, readonly ActivationName[]] {
  const [first, ...others] = activations;
  if (first === 'relu') return [{ lo: 0, hi: Number.POSITIVE_INFINITY }, others];
  if (first === 'relu6') return [{ lo: 0, hi: 6 }, others];
  return [null, activations];
}
