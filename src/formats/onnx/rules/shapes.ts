/** Operators that move values without computing: other sizes, other order, parts, padding, and constants. */
import type { Shape } from '../../../operators/operator.ts';
import type { PadMode } from '../../../operators/pad/attributes.ts';
import type { Dimension, Quad } from '../../../operators/tensors.ts';
import { listOf, numberOf, textOf } from '../attributes.ts';
import { aligned, type GraphBuilder, sizeOf, type Value } from '../builder.ts';
import { OnnxError } from '../error.ts';
import type { OnnxNode, OnnxTensor } from '../model.ts';
import { defineOutput, type ImportRule } from './rule.ts';

/** An axis as a place from 0 on. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Axes of a node: an input since opset 13, an attribute before; null where neither is given. */
export function axesOf(node: OnnxNode, builder: GraphBuilder, index: number, rank: number): readonly number[] | null {
  const axes = builder.integers(node, index) ?? listOf(node, 'axes');
  return axes?.map((axis) => axisOf(axis, rank)) ?? null;
}

/** Four sizes with the value's dims at their end, and the place of dim 0 among them. Refuses more than four. */
export function fourDims(value: Value): { readonly shape: Shape; readonly offset: number } {
  if (value.dims.length > 4) throw new OnnxError('unsupported', `a tensor of ${value.dims.length} axes`);
  return { shape: aligned(value.dims), offset: 4 - value.dims.length };
}

/** The same values under other dims: nothing runs. */
function redefine(node: OnnxNode, builder: GraphBuilder, value: Value, dims: readonly number[]): void {
  if (sizeOf(dims) !== sizeOf(value.dims))
    throw new OnnxError('damaged', `${node.operator}: ${value.dims.join(' x ')} cannot become ${dims.join(' x ')}`);
  defineOutput(node, builder, value, dims);
}

const reshape: ImportRule = (node, builder) => {
  const wanted = builder.integers(node, 1) ?? listOf(node, 'shape') ?? [];
  const known = builder.known(node, 0);
  const from = known?.dims ?? builder.value(node, 0).dims;
  const allowZero = numberOf(node, 'allowzero', 0) !== 0;
  const dims = wanted.map((size, i) => (size === 0 && !allowZero ? (from[i] ?? 0) : size));
  const rest = dims.filter((size) => size !== -1);
  const whole = dims.map((size) => (size === -1 ? sizeOf(from) / sizeOf(rest) : size));
  // A tensor without elements never reaches an engine.
  if (known && sizeOf(whole) === 0) builder.know(node.outputs[0]!, { ...known, dims: whole });
  else redefine(node, builder, builder.value(node, 0), whole);
};

const flatten: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const axis = axisOf(numberOf(node, 'axis', 1), value.dims.length);
  redefine(node, builder, value, [sizeOf(value.dims.slice(0, axis)), sizeOf(value.dims.slice(axis))]);
};

const squeeze: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const axes = axesOf(node, builder, 1, value.dims.length);
  const isGone = (size: number, i: number) => (axes ? axes.includes(i) : size === 1);
  redefine(
    node,
    builder,
    value,
    value.dims.filter((size, i) => !isGone(size, i)),
  );
};

const unsqueeze: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const given = builder.integers(node, 1) ?? listOf(node, 'axes') ?? [];
  const rank = value.dims.length + given.length;
  const axes = given.map((axis) => axisOf(axis, rank));
  const rest = [...value.dims];
  redefine(
    node,
    builder,
    value,
    Array.from({ length: rank }, (_, i) => (axes.includes(i) ? 1 : (rest.shift() ?? 1))),
  );
};

const identity: ImportRule = (node, builder) => {
  const known = builder.known(node, 0);
  if (known) builder.know(node.outputs[0]!, known);
  else redefine(node, builder, builder.value(node, 0), builder.value(node, 0).dims);
};

const dropout: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const ratio = builder.constant(node, 1)?.values[0] ?? numberOf(node, 'ratio', 0.5);
  const result = builder.emit({ kind: 'dropout', p: ratio }, [value.node], [value.shape]);
  defineOutput(node, builder, result, value.dims);
  // At inference nothing is dropped: the mask is all ones.
  const mask = node.outputs[1] ?? '';
  if (mask === '') return;
  const ones = Float32Array.from({ length: sizeOf(value.dims) }, () => 1);
  builder.know(mask, { name: mask, dims: value.dims, values: ones, integers: [...ones] });
};

const transpose: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const { shape, offset } = fourDims(value);
  const rank = value.dims.length;
  const perm = listOf(node, 'perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  const dims = [...[0, 1, 2, 3].slice(0, offset), ...perm.map((axis) => axis + offset)];
  const [a, b, c, d] = dims as [Dimension, Dimension, Dimension, Dimension];
  const result = builder.emit({ kind: 'permute', dims: [a, b, c, d] }, [builder.lying(value, shape)], [shape]);
  defineOutput(node, builder, result, result.shape.slice(offset));
};

/** One part of a value, given per ONNX axis. */
function emitSlice(
  builder: GraphBuilder,
  value: Value,
  parts: ReadonlyMap<number, { readonly start: number; readonly count: number; readonly step: number }>,
): Value {
  const { shape, offset } = fourDims(value);
  const of = (name: 'start' | 'count' | 'step', otherwise: (size: number) => number): Quad => {
    const [n, c, h, w] = shape.map((size, axis) => parts.get(axis - offset)?.[name] ?? otherwise(size));
    return [n!, c!, h!, w!];
  };
  const operator = {
    kind: 'slice',
    start: of('start', () => 0),
    count: of('count', (size) => size),
    step: of('step', () => 1),
  } as const;
  const result = builder.emit(operator, [builder.lying(value, shape)], [shape]);
  return { ...result, dims: result.shape.slice(offset) };
}

const slice: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const starts = builder.integers(node, 1) ?? listOf(node, 'starts') ?? [];
  const ends = builder.integers(node, 2) ?? listOf(node, 'ends') ?? [];
  const steps = builder.integers(node, 4);
  const axes = axesOf(node, builder, 3, value.dims.length) ?? starts.map((_, i) => i);
  const parts = new Map(
    axes.map((axis, i) => {
      const size = value.dims[axis] ?? 1;
      const step = steps?.[i] ?? 1;
      const clamp = (at: number, lo: number, hi: number) => Math.min(Math.max(at < 0 ? at + size : at, lo), hi);
      const start = step > 0 ? clamp(starts[i]!, 0, size) : clamp(starts[i]!, 0, size - 1);
      const end = step > 0 ? clamp(ends[i]!, 0, size) : clamp(ends[i]!, -1, size - 1);
      return [axis, { start, step, count: Math.max(0, Math.ceil((end - start) / step)) }] as const;
    }),
  );
  const dims = value.dims.map((size, axis) => parts.get(axis)?.count ?? size);
  if (sizeOf(dims) === 0) {
    const name = node.outputs[0]!;
    builder.know(name, { name, dims, values: new Float32Array(0), integers: null });
    return;
  }
  defineOutput(node, builder, emitSlice(builder, value, parts), dims);
};

const split: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const axis = axisOf(numberOf(node, 'axis', 0), value.dims.length);
  const size = value.dims[axis] ?? 1;
  const count = node.outputs.length;
  const even = Math.ceil(size / count);
  const sizes =
    builder.integers(node, 1) ??
    listOf(node, 'split') ??
    node.outputs.map((_, i) => (i < count - 1 ? even : size - even * (count - 1)));
  let start = 0;
  node.outputs.forEach((name, i) => {
    const each = sizes[i] ?? 0;
    builder.define(name, emitSlice(builder, value, new Map([[axis, { start, count: each, step: 1 }]])));
    start += each;
  });
};

/** Gather with known indices along one axis: evenly spaced ones are one slice, others are slices joined. */
const gather: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const indices = builder.constant(node, 1);
  if (!indices?.integers) throw new OnnxError('damaged', 'Gather without integer indices');
  const rank = value.dims.length;
  const axis = axisOf(numberOf(node, 'axis', 0), rank);
  const wanted = indices.integers.map((index) => axisOf(index, value.dims[axis] ?? 1));
  const step = wanted.length > 1 ? wanted[1]! - wanted[0]! : 1;
  const isEven = step !== 0 && wanted.every((index, i) => index === wanted[0]! + i * step);
  const take = (start: number, count: number, by: number) =>
    emitSlice(builder, value, new Map([[axis, { start, count, step: by }]]));
  const part = isEven ? take(wanted[0] ?? 0, wanted.length, step) : joined(wanted.map((index) => take(index, 1, 1)));
  defineOutput(node, builder, part, [...value.dims.slice(0, axis), ...indices.dims, ...value.dims.slice(axis + 1)]);

  function joined(parts: readonly Value[]): Value {
    const shapes = parts.map(({ shape }) => shape);
    const operator = { kind: 'concat', axis: (axis + 4 - rank) as Dimension } as const;
    return {
      ...builder.emit(
        operator,
        parts.map((each) => each.node),
        shapes,
      ),
      dims: [],
    };
  }
};

const padModes: Readonly<Record<string, PadMode>> = {
  constant: 'constant',
  reflect: 'reflect',
  edge: 'edge',
  wrap: 'wrap',
};

const pad: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const { shape, offset } = fourDims(value);
  const rank = value.dims.length;
  const pads = builder.integers(node, 1) ?? listOf(node, 'pads') ?? listOf(node, 'paddings') ?? [];
  const axes = axesOf(node, builder, 3, rank) ?? value.dims.map((_, i) => i);
  const mode = padModes[textOf(node, 'mode', 'constant')];
  if (!mode) throw new OnnxError('unsupported', `Pad with mode ${textOf(node, 'mode', '')}`);
  const along = (behind: number): Quad => {
    const quad = [0, 0, 0, 0];
    axes.forEach((axis, i) => {
      quad[axis + offset] = pads[i + behind] ?? 0;
    });
    return quad as unknown as Quad;
  };
  const operator = {
    kind: 'pad',
    before: along(0),
    after: along(axes.length),
    mode,
    value: builder.constant(node, 2)?.values[0] ?? numberOf(node, 'value', 0),
  } as const;
  const result = builder.emit(operator, [builder.lying(value, shape)], [shape]);
  defineOutput(node, builder, result, result.shape.slice(offset));
};

const depthToSpace: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const mode = textOf(node, 'mode', 'DCR') === 'CRD' ? 'CRD' : 'DCR';
  const operator = { kind: 'depth_to_space', block: numberOf(node, 'blocksize', 1), mode } as const;
  const shape = aligned(value.dims);
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape]));
};

const spaceToDepth: ImportRule = (node, builder) => {
  const value = builder.value(node, 0);
  const operator = { kind: 'space_to_depth', block: numberOf(node, 'blocksize', 1), mode: 'DCR' } as const;
  const shape = aligned(value.dims);
  defineOutput(node, builder, builder.emit(operator, [builder.lying(value, shape)], [shape]));
};

const constant: ImportRule = (node, builder) => {
  const name = node.outputs[0]!;
  const { value, value_float: float, value_floats: floats, value_int: int, value_ints: ints } = node.attributes;
  if (isTensor(value)) builder.know(name, value);
  else if (typeof float === 'number') builder.know(name, tensorOf(name, [], [float], false));
  else if (typeof int === 'number') builder.know(name, tensorOf(name, [], [int], true));
  else if (isList(floats)) builder.know(name, tensorOf(name, [floats.length], floats, false));
  else if (isList(ints)) builder.know(name, tensorOf(name, [ints.length], ints, true));
  else throw new OnnxError('unsupported', `Constant with ${Object.keys(node.attributes).join(', ')}`);
};

const constantOfShape: ImportRule = (node, builder) => {
  const name = node.outputs[0]!;
  const dims = builder.integers(node, 0) ?? [];
  const { value } = node.attributes;
  const fill = isTensor(value) ? (value.values[0] ?? 0) : 0;
  const isInteger = isTensor(value) && value.integers !== null;
  builder.know(
    name,
    tensorOf(
      name,
      dims,
      Array.from({ length: sizeOf(dims) }, () => fill),
      isInteger,
    ),
  );
};

const shape: ImportRule = (node, builder) => {
  const { dims } = builder.known(node, 0) ?? builder.value(node, 0);
  const name = node.outputs[0]!;
  builder.know(name, tensorOf(name, [dims.length], dims, true));
};

function isTensor(value: OnnxNode['attributes'][string] | undefined): value is OnnxTensor {
  return typeof value === 'object' && 'dims' in value;
}

function isList(value: OnnxNode['attributes'][string] | undefined): value is readonly number[] {
  return typeof value === 'object' && 'length' in value;
}

function tensorOf(name: string, dims: readonly number[], numbers: readonly number[], isInteger: boolean): OnnxTensor {
  return { name, dims, values: Float32Array.from(numbers), integers: isInteger ? numbers : null };
}

export const shapeRules: Readonly<Record<string, ImportRule>> = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Identity: identity,
  Dropout: dropout,
  Transpose: transpose,
  Slice: slice,
  Split: split,
  Gather: gather,
  Pad: pad,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Constant: constant,
  ConstantOfShape: constantOfShape,
  Shape: shape,
};
