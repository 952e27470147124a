/**
 * The attributes of Conv2d, declared once: name in every library, unit, default, and range as a function of the others. Sliders,
 * number fields, code in and out, links and validation read this; no screen repeats a limit. `constrain` changes a layer so that
 * it stays one.
 */
import type { Axis, Pair, PerSide } from '../operator.ts';
import { effectiveKernel } from '../window.ts';
import type { Conv2d } from './attributes.ts';
import { largestPadding, resolvePadding } from './padding.ts';

/** What ranges depend on beside the layer itself: the size of its input, [h, w]. */
export interface ConvContext {
  readonly inputSize: Pair;
}

/** A numeric attribute, or one component of it. */
export type ConvField =
  | 'kernelSize.h'
  | 'kernelSize.w'
  | 'stride.h'
  | 'stride.w'
  | 'dilation.h'
  | 'dilation.w'
  | 'padding.top'
  | 'padding.bottom'
  | 'padding.left'
  | 'padding.right'
  | 'groups'
  | 'outChannels';

export interface FieldRange {
  readonly min: number;
  /** End of the slider. */
  readonly max: number;
  /** The largest value that may be typed or pasted; at least `max`. */
  readonly typedMax: number;
  /** The only allowed values, ascending, where not every integer is (groups). */
  readonly allowed?: readonly number[];
}

/** An attribute that had to move with a change, for a notice: PyTorch name, before and after as written in code. */
export interface Moved {
  readonly attribute: string;
  readonly from: string;
  readonly to: string;
}

/** What an attribute is called in each library (null: the library has no such argument), what it counts, and its default. */
export interface AttributeDeclaration<T> {
  readonly pytorch: string;
  readonly keras: string | null;
  readonly flax: string | null;
  readonly onnx: string | null;
  readonly unit: 'channels' | 'pixels' | 'groups' | null;
  /** PyTorch's default; null where the argument is required. */
  readonly default: T | null;
}

const noPadding = { top: 0, bottom: 0, left: 0, right: 0 };

export const conv2dAttributes = {
  inChannels: { pytorch: 'in_channels', keras: null, flax: null, onnx: null, unit: 'channels', default: null },
  outChannels: {
    pytorch: 'out_channels',
    keras: 'filters',
    flax: 'features',
    onnx: null,
    unit: 'channels',
    default: null,
  },
  kernelSize: {
    pytorch: 'kernel_size',
    keras: 'kernel_size',
    flax: 'kernel_size',
    onnx: 'kernel_shape',
    unit: 'pixels',
    default: null,
  },
  stride: { pytorch: 'stride', keras: 'strides', flax: 'strides', onnx: 'strides', unit: 'pixels', default: [1, 1] },
  padding: {
    pytorch: 'padding',
    keras: 'padding',
    flax: 'padding',
    onnx: 'pads',
    unit: 'pixels',
    default: noPadding,
  },
  dilation: {
    pytorch: 'dilation',
    keras: 'dilation_rate',
    flax: 'kernel_dilation',
    onnx: 'dilations',
    unit: 'pixels',
    default: [1, 1],
  },
  groups: {
    pytorch: 'groups',
    keras: 'groups',
    flax: 'feature_group_count',
    onnx: 'group',
    unit: 'groups',
    default: 1,
  },
  bias: { pytorch: 'bias', keras: 'use_bias', flax: 'use_bias', onnx: null, unit: null, default: true },
  paddingMode: { pytorch: 'padding_mode', keras: null, flax: null, onnx: null, unit: null, default: 'zeros' },
} as const satisfies { readonly [A in keyof Omit<Conv2d, 'kind'>]: AttributeDeclaration<Conv2d[A]> };

/** The ends of the sliders, before the input and the other attributes narrow them. */
export const sliderEnds = { kernelSize: 15, stride: 8, dilation: 8, padding: 15, outChannels: 64 } as const;

/** The values that a field may take now: any of them gives a valid layer with an output (what must move with it, moves). */
export function rangeOf(conv: Conv2d, field: ConvField, context: ConvContext): FieldRange {
  switch (field) {
    case 'kernelSize.h':
      return upTo(1, largestKernel(conv, 'h', context));
    case 'kernelSize.w':
      return upTo(1, largestKernel(conv, 'w', context));
    case 'stride.h':
    case 'stride.w':
      return upTo(1, sliderEnds.stride);
    case 'dilation.h':
      return upTo(1, largestDilation(conv, 'h', context));
    case 'dilation.w':
      return upTo(1, largestDilation(conv, 'w', context));
    case 'padding.top':
    case 'padding.bottom':
      return paddingRange(conv, 'h', context);
    case 'padding.left':
    case 'padding.right':
      return paddingRange(conv, 'w', context);
    case 'groups': {
      const allowed = possibleGroups(conv.inChannels);
      return { ...upTo(1, allowed.at(-1) ?? 1), allowed };
    }
    case 'outChannels':
      return upTo(1, sliderEnds.outChannels);
    default:
      field satisfies never;
      throw new Error('unknown field');
  }
}

function upTo(min: number, max: number): FieldRange {
  return { min, max, typedMax: max };
}

function component(axis: Axis): 0 | 1 {
  return axis === 'h' ? 0 : 1;
}

/** The largest effective kernel that still gives an output with the present padding. */
function largestReach(conv: Conv2d, axis: Axis, { inputSize }: ConvContext): number {
  const size = inputSize[component(axis)];
  const border = largestPadding(conv.paddingMode, size);
  switch (conv.padding) {
    case 'same':
      // The larger side has ceil((ke - 1) / 2).
      return 2 * border + 1;
    case 'full':
      return border + 1;
    default: {
      const padding = resolvePadding(conv);
      return size + (axis === 'h' ? padding.top + padding.bottom : padding.left + padding.right);
    }
  }
}

function largestKernel(conv: Conv2d, axis: Axis, context: ConvContext): number {
  const reach = largestReach(conv, axis, context);
  return Math.min(sliderEnds.kernelSize, Math.floor((reach - 1) / conv.dilation[component(axis)]) + 1);
}

function largestDilation(conv: Conv2d, axis: Axis, context: ConvContext): number {
  const gaps = conv.kernelSize[component(axis)] - 1;
  if (gaps === 0) return sliderEnds.dilation;
  return Math.max(1, Math.min(sliderEnds.dilation, Math.floor((largestReach(conv, axis, context) - 1) / gaps)));
}

/** The most padding that may stand on one side: 15, or dilation x (kernel_size - 1) when that is larger and typed. */
function paddingRange(conv: Conv2d, axis: Axis, { inputSize }: ConvContext): FieldRange {
  const i = component(axis);
  const border = largestPadding(conv.paddingMode, inputSize[i]);
  const full = effectiveKernel(conv.kernelSize[i], conv.dilation[i]) - 1;
  const max = Math.min(sliderEnds.padding, border);
  return { min: 0, max, typedMax: Math.min(Math.max(sliderEnds.padding, full), border) };
}

/** The groups that a layer of so many input channels can have; `out_channels` moves to a multiple of it. */
function possibleGroups(inChannels: number): readonly number[] {
  const allowed: number[] = [];
  for (let groups = 1; groups <= Math.min(inChannels, sliderEnds.outChannels); groups++) {
    if (inChannels % groups === 0) allowed.push(groups);
  }
  return allowed;
}

/** A numeric attribute of a layer that exceeds what can be shown, whatever the input is: the largest of its values, and the range. */
export interface BeyondRange {
  readonly attribute: 'kernelSize' | 'stride' | 'padding' | 'dilation' | 'outChannels';
  readonly value: number;
  readonly min: number;
  readonly max: number;
}

/** The attributes of a layer from elsewhere whose numbers exceed their ranges. */
export function beyondRange(conv: Conv2d): readonly BeyondRange[] {
  const { kernelSize, stride, dilation, outChannels } = conv;
  const full = (['h', 'w'] as const).map(
    (axis) => effectiveKernel(kernelSize[component(axis)], dilation[component(axis)]) - 1,
  );
  const { top, bottom, left, right } = resolvePadding(conv);
  const ranges: readonly BeyondRange[] = [
    { attribute: 'kernelSize', value: Math.max(...kernelSize), min: 1, max: sliderEnds.kernelSize },
    { attribute: 'stride', value: Math.max(...stride), min: 1, max: sliderEnds.stride },
    ...[Math.max(top, bottom), Math.max(left, right)].map((value, i) => ({
      attribute: 'padding' as const,
      value,
      min: 0,
      max: Math.max(sliderEnds.padding, full[i]!),
    })),
    { attribute: 'dilation', value: Math.max(...dilation), min: 1, max: sliderEnds.dilation },
    { attribute: 'outChannels', value: outChannels, min: 1, max: sliderEnds.outChannels },
  ];
  const beyond = ranges.filter(({ value, max }) => value > max);
  // Rows and columns of padding are one attribute: the first that exceeds speaks for both.
  return beyond.filter(({ attribute }, i) => beyond.findIndex((each) => each.attribute === attribute) === i);
}

type ConvChange = Partial<Omit<Conv2d, 'kind'>>;

/**
 * Applies a change and moves whatever it makes impossible, so that the result is always a valid layer with an output:
 * by the least that helps, in the order channels, padding, dilation, kernel. Values that were equal (a square kernel, the same
 * padding all round) stay equal. An asked value out of its bounds counts as moved.
 */
export function constrain(
  conv: Conv2d,
  change: ConvChange,
  context: ConvContext,
): { readonly conv: Conv2d; readonly moved: readonly Moved[] } {
  const asked: Conv2d = { ...conv, ...change };
  let fitted = withChannels(withWholeNumbers(asked), change);
  // A smaller kernel may allow less padding, and less padding only a smaller kernel: both shrink until they fit.
  for (let before = null; before !== fitted; ) {
    before = fitted;
    fitted = withOutput(withPadding(fitted, context), context);
  }
  return { conv: fitted, moved: differences(asked, fitted) };
}

function clamp(value: number, min: number, max: number): number {
  return Number.isNaN(value) ? min : Math.round(Math.min(Math.max(value, min), max));
}

function mapPair(pair: Pair, change: (value: number) => number): Pair {
  return [change(pair[0]), change(pair[1])];
}

/** Every number an integer within its own bounds. */
function withWholeNumbers(conv: Conv2d): Conv2d {
  return {
    ...conv,
    inChannels: Math.max(1, Math.round(conv.inChannels)),
    outChannels: clamp(conv.outChannels, 1, sliderEnds.outChannels),
    kernelSize: mapPair(conv.kernelSize, (k) => clamp(k, 1, sliderEnds.kernelSize)),
    stride: mapPair(conv.stride, (s) => clamp(s, 1, sliderEnds.stride)),
    dilation: mapPair(conv.dilation, (d) => clamp(d, 1, sliderEnds.dilation)),
    groups: Math.max(1, Math.round(conv.groups)),
  };
}

/** `groups` divides both channel counts: a change of `groups` moves `out_channels`, any other change moves `groups`. */
function withChannels(conv: Conv2d, change: ConvChange): Conv2d {
  const atMost = (values: readonly number[]) => values.filter((groups) => groups <= conv.groups).at(-1) ?? 1;
  const possible = possibleGroups(conv.inChannels);
  if (change.groups === undefined || change.outChannels !== undefined) {
    return { ...conv, groups: atMost(possible.filter((groups) => conv.outChannels % groups === 0)) };
  }
  const groups = atMost(possible);
  const most = Math.floor(sliderEnds.outChannels / groups);
  return { ...conv, groups, outChannels: groups * clamp(conv.outChannels / groups, 1, most) };
}

/** 'same' is a size only at stride 1; a border shows no more than its mode has to show. */
function withPadding(conv: Conv2d, context: ConvContext): Conv2d {
  const isStrided = conv.stride.some((s) => s !== 1);
  const layer = conv.padding === 'same' && isStrided ? { ...conv, padding: resolvePadding(conv) } : conv;
  const rows = paddingRange(layer, 'h', context).typedMax;
  const columns = paddingRange(layer, 'w', context).typedMax;
  const given = resolvePadding(layer);
  const sides = [given.top, given.bottom, given.left, given.right];
  const isUniform = sides.every((side) => side === sides[0]);
  const [h, w] = isUniform ? [Math.min(rows, columns), Math.min(rows, columns)] : [rows, columns];
  const fitted: PerSide = {
    top: clamp(given.top, 0, h),
    bottom: clamp(given.bottom, 0, h),
    left: clamp(given.left, 0, w),
    right: clamp(given.right, 0, w),
  };
  return sameSides(fitted, given) ? layer : { ...layer, padding: fitted };
}

function sameSides(a: PerSide, b: PerSide): boolean {
  return a.top === b.top && a.bottom === b.bottom && a.left === b.left && a.right === b.right;
}

/** The kernel fits into the padded input: first the dilation shrinks, then the kernel itself. */
function withOutput(conv: Conv2d, context: ConvContext): Conv2d {
  const reach: Pair = [largestReach(conv, 'h', context), largestReach(conv, 'w', context)];
  const fits = (layer: Conv2d) =>
    [0, 1].every((i) => effectiveKernel(layer.kernelSize[i]!, layer.dilation[i]!) <= reach[i]!);
  if (fits(conv)) return conv;
  const dilation = shrink(conv.dilation, (d, i) =>
    conv.kernelSize[i] === 1 ? d : Math.min(d, Math.max(1, Math.floor((reach[i] - 1) / (conv.kernelSize[i] - 1)))),
  );
  const kernelSize = shrink(conv.kernelSize, (k, i) => Math.min(k, Math.floor((reach[i] - 1) / dilation[i]) + 1));
  return { ...conv, dilation, kernelSize };
}

/** Shrinks each component; equal components stay equal, at the smaller of the two. */
function shrink(pair: Pair, change: (value: number, component: 0 | 1) => number): Pair {
  const h = change(pair[0], 0);
  const w = change(pair[1], 1);
  return pair[0] === pair[1] ? [Math.min(h, w), Math.min(h, w)] : [h, w];
}

function differences(asked: Conv2d, fitted: Conv2d): readonly Moved[] {
  const attributes = ['inChannels', 'outChannels', 'kernelSize', 'stride', 'padding', 'dilation', 'groups'] as const;
  return attributes
    .map((name) => ({
      attribute: conv2dAttributes[name].pytorch,
      from: inCode(asked[name]),
      to: inCode(fitted[name]),
    }))
    .filter(({ from, to }) => from !== to);
}

/** A value as code has it: 3, (3, 5), 'same'; sides that differ are named. */
function inCode(value: number | Pair | Conv2d['padding']): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `'${value}'`;
  if ('top' in value) {
    const { top, bottom, left, right } = value;
    if (top === bottom && left === right) return inCode([top, left]);
    return `(top=${top}, bottom=${bottom}, left=${left}, right=${right})`;
  }
  return value[0] === value[1] ? String(value[0]) : `(${value[0]}, ${value[1]})`;
}
