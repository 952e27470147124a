/** Rules of operators that move values and compute none. */

import type { Pair } from '../../../operators/operator.ts';
import type { PadMode } from '../../../operators/pad/attributes.ts';
import type { Resize } from '../../../operators/resize/attributes.ts';
import { concat, depthToSpace, freeDims, pad, reshape, resize, spaceToDepth, transpose } from '../build/shapes.ts';
import { malformed, unsupported } from '../error.ts';
import { type Context, constantAt, type GraphRule, integersAt, valueAt } from './context.ts';
import { integerOf, integersOf, isSet, textOf } from './nodes.ts';

const identity: GraphRule = ({ operand }) => operand(0);

const reshapeRule: GraphRule = (context) => {
  const { builder, node } = context;
  const input = valueAt(context, 0);
  return { value: reshape(builder, node.name, input, freeDims(builder, node.name, input, integersAt(context, 1))) };
};

const squeeze: GraphRule = (context) => {
  const { builder, node } = context;
  const input = valueAt(context, 0);
  const rank = input.dims.length;
  const given = integersOf(node, 'squeeze_dims').map((axis) => (axis < 0 ? axis + rank : axis));
  // Without a list all axes of one entry go: which, the native size tells.
  const gone =
    given.length > 0 ? given : input.dims.flatMap((_, i) => (builder.nativeDims(input)[i] === 1 && i > 0 ? [i] : []));
  const dims = input.dims.filter((_, i) => !gone.includes(i));
  return { value: reshape(builder, node.name, input, dims) };
};

const expand: GraphRule = (context) => {
  const { builder, node } = context;
  const input = valueAt(context, 0);
  const [axis = 0] = integersAt(context, 1);
  const at = axis < 0 ? axis + input.dims.length + 1 : axis;
  return { value: reshape(builder, node.name, input, [...input.dims.slice(0, at), 1, ...input.dims.slice(at)]) };
};

const transposeRule: GraphRule = (context) => ({
  value: transpose(context.builder, context.node.name, valueAt(context, 0), integersAt(context, 1)),
});

/** The axis is the last input. */
const concatRule: GraphRule = (context) => {
  const { builder, node } = context;
  const last = node.inputs.length - 1;
  const inputs = Array.from({ length: last }, (_, i) => valueAt(context, i));
  return { value: concat(builder, node.name, inputs, integersAt(context, last)[0] ?? 0) };
};

function amountsAt(context: Context): readonly Pair[] {
  const amounts = integersAt(context, 1);
  if (amounts.length % 2 !== 0) throw malformed(`${context.node.name}: paddings`);
  return Array.from({ length: amounts.length / 2 }, (_, i) => [amounts[2 * i]!, amounts[2 * i + 1]!]);
}

const padRule =
  (hasValue: boolean): GraphRule =>
  (context) => {
    const value = hasValue ? (constantAt(context, 2).values[0] ?? 0) : 0;
    return {
      value: pad(context.builder, context.node.name, valueAt(context, 0), amountsAt(context), 'constant', value),
    };
  };

const mirrorPad: GraphRule = (context) => {
  const name = textOf(context.node, 'mode', 'REFLECT');
  if (name !== 'REFLECT') throw unsupported(context.node.name, name);
  const mode: PadMode = 'reflect';
  return { value: pad(context.builder, context.node.name, valueAt(context, 0), amountsAt(context), mode) };
};

/** A constant size is that of the native size: others keep its proportion to the input. */
const resizing =
  (mode: 'nearest' | 'linear'): GraphRule =>
  (context) => {
    const { builder, node } = context;
    const input = valueAt(context, 0);
    const [h = 0, w = 0] = integersAt(context, 1);
    const native = builder.nativeDims(input);
    const scaled = (size: number, axis: 1 | 2) => Math.max(1, Math.round((input.dims[axis]! * size) / native[axis]!));
    const size: Pair = [scaled(h, 1), scaled(w, 2)];
    return { value: resize(builder, node.name, input, { mode, size, ...coordinates(context, mode) }) };
  };

/** TensorFlow's nearest takes floor((x + 1/2) s) with half-pixel centres, rounds with aligned corners, and floors otherwise. */
function coordinates({ node }: Context, mode: 'nearest' | 'linear'): Partial<Omit<Resize, 'kind'>> {
  if (isSet(node, 'half_pixel_centers'))
    return {
      coordinateTransformationMode: 'half_pixel',
      ...(mode === 'nearest' ? { nearestMode: 'round_prefer_ceil' } : {}),
    };
  if (isSet(node, 'align_corners'))
    return {
      coordinateTransformationMode: 'align_corners',
      ...(mode === 'nearest' ? { nearestMode: 'round_prefer_ceil' } : {}),
    };
  return { coordinateTransformationMode: 'asymmetric', ...(mode === 'nearest' ? { nearestMode: 'floor' } : {}) };
}

const blocks =
  (move: typeof depthToSpace): GraphRule =>
  (context) => {
    const { builder, node } = context;
    const layout = textOf(node, 'data_format', 'NHWC');
    if (layout !== 'NHWC') throw unsupported(node.name, layout);
    return { value: move(builder, node.name, valueAt(context, 0), integerOf(node, 'block_size', 0)) };
  };

export const moveRules: Readonly<Record<string, GraphRule>> = {
  Identity: identity,
  StopGradient: identity,
  Reshape: reshapeRule,
  Squeeze: squeeze,
  ExpandDims: expand,
  Transpose: transposeRule,
  ConcatV2: concatRule,
  Pad: padRule(false),
  PadV2: padRule(true),
  MirrorPad: mirrorPad,
  ResizeBilinear: resizing('linear'),
  ResizeNearestNeighbor: resizing('nearest'),
  DepthToSpace: blocks(depthToSpace),
  SpaceToDepth: blocks(spaceToDepth),
};
