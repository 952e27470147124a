/**
 * The program of a convolution whose choice (`choice.ts`) is one program, and its dispatches. All programs write NC4HW4. A plan is a
 * value; it may be split along output rows and along blocks of filters.
 */

import windowWgsl from '../../../shaders/window/window.wgsl?raw';
import { type Epilogue, epilogueChoices, epilogueConstants } from '../programs/epilogue.ts';
import { expand } from '../programs/expand.ts';
import { type ArrayShape, type Layout, stridesOf } from '../programs/layout.ts';
import {
  type BindingKind,
  type Broadcast,
  broadcastOf,
  type DeviceTraits,
  type Dispatch,
  type Program,
} from '../programs/program.ts';
import { snippets } from '../programs/snippets.ts';
import { stripsOf } from '../programs/tiles.ts';
import { convolutionUniforms } from '../programs/uniforms.ts';
import {
  blocksPerGroup,
  comesInFours,
  floatsPerBlock,
  lastFirstBlock,
  type Narrowing,
  packedFloats,
  slicesOf,
  uniformWeightBytes,
  type WeightOrder,
} from '../programs/weights.ts';
import type { Conv2d } from './attributes.ts';
import { bundleOf } from './bundles.ts';
import { type Algorithm, chooseDirect, columnSteps, type DirectChoice, type OutputExtent, rowSteps } from './choice.ts';
import { resolvePadding } from './padding.ts';

/** Everything that a program's text depends on. */
interface Text {
  readonly algorithm: Algorithm;
  readonly P: number;
  readonly C: number;
  /** window, depthwise, deepWindow and both rolling: kernel height and input rows per output row. */
  readonly KH: number;
  readonly S: number;
  /** rolling: kernel width. */
  readonly KW: number;
  /** Output columns, and input columns from one of these to the next. */
  readonly Q: number;
  readonly T: number;
  readonly isUniform: boolean;
  readonly broadcast: Broadcast;
  /** Of f16 texts: the device's own arithmetic, not an imitation of it. */
  readonly isNative: boolean;
  readonly isScalar: boolean;
  /** window and depthwise: no load is tested for the border. */
  readonly isInside: boolean;
  readonly isDual: boolean;
  readonly epilogue: Epilogue;
}

export interface Conv2dPlan {
  readonly conv: Conv2d;
  readonly algorithm: Algorithm;
  readonly program: Program;
  readonly inputLayout: Layout;
  readonly order: WeightOrder;
  readonly weightsIn: 'uniform' | 'storage';
  readonly epilogue: Epilogue;
  /** P: pixels per invocation, of `gemm` per workgroup, of `rolling` rows. */
  readonly pixels: number;
  readonly rowStep: number;
  /** Columns of an invocation, and how far they are apart: 1 where it has one. */
  readonly columns: number;
  readonly columnStep: number;
  /** Blocks of C filters in all groups together. */
  readonly blocks: number;
  /** The axes along which the executor may cut one dispatch into several: first rows, in multiples of `rows`, then blocks. */
  readonly split: { readonly axes: readonly ['rows', 'blocks']; readonly rows: number };
  /** Multiply-adds of one block of filters per output pixel, with the lanes that are wasted. */
  readonly macsPerPixel: number;
}

/** `isDual`: the values before the epilogue are stored as well. */
export function planConv2d(
  conv: Conv2d,
  output: OutputExtent,
  epilogue: Epilogue,
  isDual: boolean,
  traits: DeviceTraits,
  choice: DirectChoice = chooseDirect(conv, output, traits),
): Conv2dPlan {
  const [kh, kw] = conv.kernelSize;
  const { algorithm, pixels: P, filters: C, columns = 1 } = choice;
  const { rowStep, S } = rowSteps(conv);
  const { columnStep, T } = columnSteps(conv);
  const isRolling = isRowByRow(algorithm);
  const order = orderOf(conv, choice);
  const isBlocked = readsBlocks(algorithm);
  // The invocations of a workgroup of `gemm` and of four channels read different weights at once, for which uniform memory is not made.
  const isUniform =
    !isOwnWeights(algorithm) &&
    4 * packedFloats(order) <= uniformWeightBytes &&
    uniformWeightBytes <= traits.maxUniformBinding;
  const text: Text = {
    algorithm,
    // How many rows `rolling` goes down is no part of its text.
    P: isRolling ? 0 : P,
    C,
    KH: hasWindow(algorithm) ? kh : 0,
    S: hasWindow(algorithm) ? S : 0,
    KW: isRolling ? kw : 0,
    Q: columns,
    T: columns > 1 ? T : 1,
    isUniform,
    broadcast: isOwnWeights(algorithm) || algorithm === 'dense f16' ? 0 : broadcastOf(traits),
    isNative: algorithm === 'dense f16' && traits.half === 'native',
    isScalar: algorithm === 'rolling lanes' || (order.groups > 1 && (order.outChannels / order.groups) % 4 !== 0),
    isInside:
      (algorithm === 'window' || algorithm === 'depthwise') &&
      kh <= S &&
      broadcastOf(traits) === 0 &&
      hasNoBorder(conv),
    isDual,
    epilogue,
  };
  return {
    conv,
    algorithm,
    program: programOf(text),
    inputLayout: isBlocked ? 'blocked' : 'planar',
    order,
    weightsIn: isUniform ? 'uniform' : 'storage',
    epilogue,
    pixels: P,
    rowStep,
    columns,
    columnStep: columns > 1 ? columnStep : 1,
    blocks: order.groups * blocksPerGroup(order),
    split: { axes: ['rows', 'blocks'], rows: inStrips(algorithm) ? P * rowStep : 1 },
    macsPerPixel: slicesOf(order) * kh * kw * C,
  };
}

function hasNoBorder(conv: Conv2d): boolean {
  return Object.values(resolvePadding(conv)).every((size) => size === 0);
}

/** NC4HW4 input; else planar. */
const readsBlocks = (algorithm: Algorithm) => algorithm !== 'window' && algorithm !== 'taps';
/** The kernel's rows are in the text. */
const hasWindow = (algorithm: Algorithm) =>
  algorithm === 'window' || algorithm === 'depthwise' || algorithm === 'deepWindow' || isRowByRow(algorithm);
/** An invocation goes down a strip, in rounds of a row. */
const isRowByRow = (algorithm: Algorithm) => algorithm === 'rolling' || algorithm === 'rolling lanes';
/** Neighbours read other weights: each for itself, from a storage buffer. */
const isOwnWeights = (algorithm: Algorithm) => algorithm === 'gemm' || algorithm === 'rolling lanes';
/** To the program, four depthwise channels and their filters are a group. */
const isByLanes = (algorithm: Algorithm) => algorithm === 'depthwise' || isRowByRow(algorithm);
/** An invocation computes P rows of a column; else pixels from all over the map. */
const inStrips = (algorithm: Algorithm) => algorithm !== 'dense' && algorithm !== 'dense f16' && algorithm !== 'gemm';

const tapsOf = {
  window: 'rows',
  taps: 'rows',
  depthwise: 'rows',
  rolling: 'rows',
  'rolling lanes': 'rows',
  dense: 'blocks',
  'dense f16': 'blocks',
  gemm: 'blocks',
  deepWindow: 'columns',
} as const satisfies Record<Algorithm, WeightOrder['taps']>;

/** How the weights are packed. The filters of four depthwise channels are one block: to the packing, filters of a single channel without groups. */
function orderOf(conv: Conv2d, choice: DirectChoice): WeightOrder {
  const { groups, outChannels, inChannels, kernelSize } = conv;
  const { algorithm, filters } = choice;
  if (isByLanes(algorithm))
    return { taps: tapsOf[algorithm], filters, groups: 1, outChannels, inChannels: 1, kernel: kernelSize };
  const taps = tapsOf[algorithm];
  const narrowing = texts[algorithm]?.narrowing;
  const members = readsBlocks(algorithm) ? bundleOf(conv).members : 1;
  return {
    ...{ taps, filters, groups: groups / members, outChannels, inChannels, kernel: kernelSize },
    ...(members > 1 ? { members } : {}),
    ...(narrowing ? { narrowing } : {}),
  };
}

/** The arrays of one dispatch. `y`, `x` (and `channel`): where an array's first element stands in its whole tensor. */
export interface Placement {
  readonly input: { readonly array: ArrayShape; readonly y: number; readonly x: number };
  readonly output: { readonly array: ArrayShape; readonly channel: number; readonly y: number; readonly x: number };
  /** Of the output array: first row and one past the last. */
  readonly rows: readonly [from: number, to: number];
  readonly blocks: readonly [from: number, to: number];
  /** The block that the bound weights begin with; 0 where all are bound. */
  readonly firstBound?: number;
  /** Records of each map that dispatches before this one have left. */
  readonly firstRecord?: number;
}

/** Invocations along a row of the grid. */
function invocationsOf(plan: Conv2dPlan, rows: number, width: number): number {
  const { algorithm, pixels, rowStep, columns, columnStep } = plan;
  const lanes = algorithm === 'rolling lanes' ? 4 : 1;
  if (inStrips(algorithm)) return lanes * stripsOf(rows, pixels, rowStep) * stripsOf(width, columns, columnStep);
  return Math.ceil((rows * width) / pixels) * (algorithm === 'gemm' ? 64 : 1);
}

/** Records of each map that a dispatch over so many rows leaves. */
export function recordsOf(plan: Conv2dPlan, rows: number, width: number): number {
  const { recordLanes = 0 } = plan.epilogue;
  return recordLanes === 0 ? 0 : Math.ceil(invocationsOf(plan, rows, width) / recordLanes);
}

export function dispatchConv2d(
  plan: Conv2dPlan,
  { input, output, rows, blocks, firstBound = 0, firstRecord = 0 }: Placement,
): Dispatch {
  const { conv, order, epilogue } = plan;
  const padding = resolvePadding(conv);
  const isBlocked = readsBlocks(plan.algorithm);
  const from = stridesOf(input.array);
  const to = stridesOf(output.array);
  const unit = isBlocked ? 4 : 1;
  const invocations = invocationsOf(plan, rows[1] - rows[0], output.array.width);
  const slices = slicesOf(order);
  const [groups, outChannels] = isByLanes(plan.algorithm)
    ? [plan.blocks, order.filters]
    : [order.groups, order.outChannels / order.groups];
  return {
    uniforms: convolutionUniforms.write({
      inputBase: from.base / unit,
      inputPlane: isBlocked ? from.block / 4 : from.lane,
      inputImage: from.image / unit,
      inputHeight: input.array.height,
      inputWidth: input.array.width,
      outputBase: to.base / 4,
      outputPlane: to.block / 4,
      outputImage: to.image / 4,
      outputWidth: output.array.width,
      firstRow: rows[0],
      rowEnd: rows[1],
      firstBlock: blocks[0],
      invocations,
      rowStep: plan.rowStep,
      stripRows: plan.pixels,
      columnStep: plan.columnStep,
      strideY: conv.stride[0],
      strideX: conv.stride[1],
      offsetY: output.y * conv.stride[0] - padding.top - input.y,
      offsetX: output.x * conv.stride[1] - padding.left - input.x,
      dilationY: conv.dilation[0],
      dilationX: conv.dilation[1],
      kernelHeight: conv.kernelSize[0],
      kernelWidth: conv.kernelSize[1],
      groups,
      inChannels: comesInFours(order) ? slices / 4 : slices,
      groupChannels: order.inChannels / order.groups,
      lastFirstBlock: comesInFours(order) ? lastFirstBlock(order) : 0,
      outChannels,
      blocksPerGroup: plan.blocks / groups,
      channelOrigin: output.channel,
      channelEnd: Math.ceil(output.array.channels / 4) * 4,
      weightsPerBlock: floatsPerBlock(order) / 4,
      firstBound,
      firstRecord,
      slope: epilogue.slope,
      cap: epilogue.cap,
    }),
    workgroups: [Math.ceil(invocations / 64), blocks[1] - blocks[0], output.array.images],
  };
}

/** The blocks of filters that touch channels `from`..`to`-1. */
export function blocksOfChannels(plan: Conv2dPlan, from: number, to: number): readonly [from: number, to: number] {
  const perGroup = plan.order.outChannels / plan.order.groups;
  const blockOf = (channel: number) =>
    Math.floor(channel / perGroup) * blocksPerGroup(plan.order) + Math.floor((channel % perGroup) / plan.order.filters);
  return [blockOf(from), blockOf(Math.min(to, plan.order.outChannels) - 1) + 1];
}

/** A shader and the snippets that it includes. */
interface Source {
  readonly wgsl: string;
  readonly snippets: Readonly<Record<string, string>>;
  /** How its weights are stored, where that is not as float32. */
  readonly narrowing?: Narrowing;
}

/** What a photo's own channels need. The other texts join when they are loaded (`moreTexts.ts`). */
const texts: Partial<Record<Algorithm, Source>> = {
  window: { wgsl: windowWgsl, snippets },
  depthwise: { wgsl: windowWgsl, snippets },
};

export function addTexts(more: Readonly<Partial<Record<Algorithm, Source>>>): void {
  Object.assign(texts, more);
}

/** What the texts include when their stores leave records; null until somebody waits for it. */
let recordSnippets: Readonly<Record<string, string>> | null = null;

export async function loadRecordText(): Promise<void> {
  ({ recordSnippets } = await import('../programs/recordSnippets.ts'));
}

export function hasRecordText(): boolean {
  return recordSnippets !== null;
}

export function hasText(algorithm: Algorithm): boolean {
  return algorithm in texts;
}

/** Blocks of four channels that `gemm` brings at a time: two tiles of 4 KiB leave a GPU room for the waves that its registers allow. */
const gemmDepth = 2;

function textLabel({ algorithm, P, C, KH, S, KW, Q, T }: Text): string {
  if (isRowByRow(algorithm)) return `${algorithm} k${KH}x${KW} s${S}${Q > 1 ? `x${T}` : ''} Q${Q}C${C}`;
  const across = Q > 1 ? { stride: `x${T}`, columns: `Q${Q}` } : { stride: '', columns: '' };
  return hasWindow(algorithm)
    ? `${algorithm} k${KH} s${S}${across.stride} P${P}${across.columns}C${C}`
    : `${algorithm} P${P}C${C}`;
}

const programs = new Map<string, Program>();

/** The expanded program; equal texts are one object, expanded once. */
function programOf(text: Text): Program {
  const { algorithm, P, C, KH, S, KW, Q, T } = text;
  const label = textLabel(text);
  const key = [
    label,
    text.isUniform ? 'uniform' : 'storage',
    ...epilogueChoices(text.epilogue),
    ...(text.broadcast ? [`broadcast ${text.broadcast}`] : []),
    ...(text.isNative ? ['native'] : []),
    ...(text.isScalar ? ['scalar'] : []),
    ...(text.isInside ? ['inside'] : []),
    ...(text.isDual ? ['dual'] : []),
  ].join(' ');
  const known = programs.get(key);
  if (known) return known;
  const source = texts[algorithm];
  if (!source) throw new Error(`the text of ${algorithm} is not loaded`);
  const constants = {
    P,
    C,
    V: C / 4,
    KH,
    S,
    N: (P - 1) * S + KH,
    KW,
    Q,
    T,
    M: (Q - 1) * T + KW,
    // Not every program has rows that a stride could divide.
    A: Math.ceil(KH / Math.max(1, S)),
    D: gemmDepth,
    UNIFORM: Number(text.isUniform),
    BROADCAST: text.broadcast,
    SCALAR: Number(text.isScalar),
    INSIDE: Number(text.isInside),
    LANES: Number(algorithm === 'depthwise'),
    HALF: Number(algorithm === 'dense f16'),
    NATIVE: Number(text.isNative),
    ...epilogueConstants(text.epilogue, 4, text.isDual),
  };
  const bindings: BindingKind[] = ['dynamic', 'read', text.isUniform ? 'uniform' : 'read', 'write'];
  if (text.isDual) bindings.push('write');
  if (text.epilogue.hasResidual) bindings.push('read');
  if (text.epilogue.recordLanes) bindings.push('write');
  const program: Program = {
    key,
    label,
    wgsl: expand(source.wgsl, constants, { ...source.snippets, ...recordSnippets }),
    entryPoint: 'main',
    bindings,
  };
  programs.set(key, program);
  return program;
}
