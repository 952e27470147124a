/** Operators that move values and compute none. */
import type { Pair, Shape } from '../../../operators/operator.ts';
import type { PadMode } from '../../../operators/pad/attributes.ts';
import type { Resize } from '../../../operators/resize/attributes.ts';
import { createResize } from '../../../operators/resize/index.ts';
import type { Dimension } from '../../../operators/tensors.ts';
import { unsupported } from '../error.ts';
import { lying, lyingAxis, type NetworkBuilder, sizeOf, type Value } from './builder.ts';

/** From a tensor's axes, in TensorFlow's order, to where they lie. */
const placesOf = (rank: number): readonly Dimension[] => (rank === 4 ? [0, 2, 3, 1] : [0, 1, 2, 3]);

/**
 * The same values, in TensorFlow's order, under other dims. Channels lie in front of rows here and behind columns there, so maps are
 * permuted before and after unless they have one pixel or one channel.
 */
export function reshape(builder: NetworkBuilder, id: string, input: Value, dims: readonly number[]): Value {
  const isSame = dims.length === input.dims.length && dims.every((size, i) => size === input.dims[i]);
  if (isSame) return input;
  if (sizeOf(dims) !== sizeOf(input.dims)) throw unsupported(id, `[${input.dims.join(', ')}] as [${dims.join(', ')}]`);
  const target = lying(dims, id);
  const rows = isMovedByChannels(input.dims) ? inOrder(builder, `${id}:rows`, input) : input;
  if (!isMovedByChannels(dims)) return shaped(builder, id, rows, target, dims);
  const [n = 1, h = 1, w = 1, c = 1] = dims;
  const flat = shaped(builder, `${id}:shape`, rows, [n, h, w, c], dims);
  return builder.emit(id, { kind: 'permute', dims: [0, 3, 1, 2] }, [flat], { dims });
}

/** Whether the order in which maps of these dims lie differs from TensorFlow's. */
function isMovedByChannels(dims: readonly number[]): boolean {
  const [, h = 1, w = 1, c = 1] = dims;
  return dims.length === 4 && h * w > 1 && c > 1;
}

function inOrder(builder: NetworkBuilder, id: string, input: Value): Value {
  return builder.emit(id, { kind: 'permute', dims: [0, 2, 3, 1] }, [input], { dims: input.dims });
}

function shaped(builder: NetworkBuilder, id: string, input: Value, shape: Shape, dims: readonly number[]): Value {
  return builder.emit(id, { kind: 'reshape', shape }, [input], { dims });
}

/**
 * Dims that a model gives as constants, for pictures of any number and size: the first is the number of images, one of -1 is what is
 * left, and where the sizes were those of the native size the one behind the images is.
 */
export function freeDims(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  wanted: readonly number[],
): readonly number[] {
  const nativeImages = builder.nativeDims(input)[0] ?? 1;
  const isBatch = wanted[0] === -1 || wanted[0] === nativeImages;
  const dims = wanted.map((size, i) => (i === 0 && isBatch ? builder.images : size));
  const size = sizeOf(input.dims);
  const open = dims.indexOf(-1);
  if (open < 0 && sizeOf(dims) === size) return dims;
  const free = open >= 0 ? open : 1;
  const others = sizeOf(dims.filter((_, i) => i !== free));
  const rest = size / others;
  if (free >= dims.length || !Number.isSafeInteger(rest) || rest < 1)
    throw unsupported(id, `[${input.dims.join(', ')}] as [${wanted.join(', ')}]`);
  return dims.map((given, i) => (i === free ? rest : given));
}

/** Everything but the images as one axis. */
export function flatten(builder: NetworkBuilder, id: string, input: Value): Value {
  const [images = 1, ...others] = input.dims;
  return reshape(builder, id, input, [images, sizeOf(others)]);
}

/** `perm` as TensorFlow has it: axis i of the result is axis perm[i]. */
export function transpose(builder: NetworkBuilder, id: string, input: Value, perm: readonly number[]): Value {
  const rank = input.dims.length;
  const isOrder = [...perm].sort((a, b) => a - b).every((axis, i) => axis === i) && perm.length === rank;
  if (!isOrder || rank < 2 || rank > 4) throw unsupported(id, `the order ${perm.join(', ')}`);
  if (perm.every((axis, i) => axis === i)) return input;
  const places = placesOf(rank);
  const order: Dimension[] = [0, 1, 2, 3];
  perm.forEach((axis, i) => {
    order[places[i]!] = places[axis]!;
  });
  const [a = 0, b = 1, c = 2, d = 3] = order;
  const dims = perm.map((axis) => input.dims[axis]!);
  return builder.emit(id, { kind: 'permute', dims: [a, b, c, d] }, [input], { dims });
}

export function concat(builder: NetworkBuilder, id: string, inputs: readonly Value[], axis: number): Value {
  const first = inputs[0];
  if (!first || inputs.some(({ dims }) => dims.length !== first.dims.length))
    throw unsupported(id, 'tensors of several ranks');
  const rank = first.dims.length;
  const at = axis < 0 ? axis + rank : axis;
  const dims = first.dims.map((size, i) => (i === at ? inputs.reduce((sum, input) => sum + input.dims[i]!, 0) : size));
  return builder.emit(id, { kind: 'concat', axis: lyingAxis(axis, rank, id) }, inputs, { dims });
}

/** `amounts`: before and behind, for each axis in TensorFlow's order. */
export function pad(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  amounts: readonly Pair[],
  mode: PadMode,
  value = 0,
): Value {
  const rank = input.dims.length;
  const limit = 2 ** 20;
  const areCounts = amounts.flat().every((amount) => Number.isSafeInteger(amount) && amount >= 0 && amount <= limit);
  if (amounts.length !== rank || !areCounts) throw unsupported(id, `padding of ${amounts.join(', ')}`);
  const before = [0, 0, 0, 0] as [number, number, number, number];
  const after = [0, 0, 0, 0] as [number, number, number, number];
  amounts.forEach(([front, behind], i) => {
    const place = placesOf(rank)[i]!;
    before[place] = front;
    after[place] = behind;
  });
  const dims = input.dims.map((size, i) => size + amounts[i]![0] + amounts[i]![1]);
  return builder.emit(id, { kind: 'pad', before, after, mode, value }, [input], { dims });
}

export function resize(
  builder: NetworkBuilder,
  id: string,
  input: Value,
  attributes: Partial<Omit<Resize, 'kind'>>,
): Value {
  if (input.dims.length !== 4) throw unsupported(id, `resizing a tensor of rank ${input.dims.length}`);
  return builder.emit(id, createResize(attributes), [input]);
}

export function depthToSpace(builder: NetworkBuilder, id: string, input: Value, block: number): Value {
  checkBlock(id, input, block);
  return builder.emit(id, { kind: 'depth_to_space', block, mode: 'DCR' }, [input]);
}

export function spaceToDepth(builder: NetworkBuilder, id: string, input: Value, block: number): Value {
  checkBlock(id, input, block);
  return builder.emit(id, { kind: 'space_to_depth', block, mode: 'DCR' }, [input]);
}

function checkBlock(id: string, input: Value, block: number): void {
  if (input.dims.length !== 4 || !Number.isSafeInteger(block) || block < 1 || block > 1024)
    throw unsupported(id, `blocks of ${block}`);
}
