/**
 * `layer.json` of an exported experiment: the layer in numbers, lists and plain names, so that any program can compute it again
 * without knowing what 'same' means. `padding` is a number, [h, w] or [top, left, bottom, right].
 */
import { type ActivationName, activationNames } from '../../operators/activation/attributes.ts';
import { type Conv2d, type PaddingMode, paddingModes } from '../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import type { Pair, PerSide } from '../../operators/operator.ts';
import { type FormatResult, formatError } from '../formatError.ts';

/** Which engine computed `y`. */
export type ComputedBy = 'webgpu' | 'cpu';

export interface LayerJson {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly kernel_size: number | readonly number[];
  readonly stride: number | readonly number[];
  readonly padding: number | readonly number[];
  readonly dilation: number | readonly number[];
  readonly groups: number;
  readonly padding_mode: PaddingMode;
  readonly activation: ActivationName;
  readonly engine: ComputedBy;
  /** The programs that ran: on the same device they give the same bits again. */
  readonly programs: readonly string[];
}

export interface ExperimentLayer {
  readonly conv: Conv2d;
  readonly activation: ActivationName;
}

const shortest = ([h, w]: Pair) => (h === w ? h : [h, w]);

function paddingOf({ top, left, bottom, right }: PerSide): number | readonly number[] {
  if (top === bottom && left === right) return shortest([top, left]);
  return [top, left, bottom, right];
}

export function layerJsonOf(
  conv: Conv2d,
  activation: ActivationName,
  engine: ComputedBy,
  programs: readonly string[],
): LayerJson {
  return {
    in_channels: conv.inChannels,
    out_channels: conv.outChannels,
    kernel_size: shortest(conv.kernelSize),
    stride: shortest(conv.stride),
    padding: paddingOf(resolvePadding(conv)),
    dilation: shortest(conv.dilation),
    groups: conv.groups,
    padding_mode: conv.paddingMode,
    activation,
    engine,
    programs,
  };
}

/** Larger numbers than any layer has: a file must not make the page allocate for ever. */
const largest = 65536;

function integer(value: unknown, least: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largest ? value : null;
}

function integers(value: unknown, least: number): readonly number[] | null {
  const list = (Array.isArray(value) ? value : [value]).map((each) => integer(each, least));
  return list.every((each) => each !== null) ? list : null;
}

function pair(value: unknown, least: number): Pair | null {
  const [h, w = h, ...more] = integers(value, least) ?? [];
  return h === undefined || w === undefined || more.length > 0 ? null : [h, w];
}

function perSide(value: unknown): PerSide | null {
  const list = integers(value, 0);
  if (list?.length === 4) return { top: list[0]!, left: list[1]!, bottom: list[2]!, right: list[3]! };
  const both = pair(value, 0);
  return both && { top: both[0], bottom: both[0], left: both[1], right: both[1] };
}

/** A parsed `layer.json` → the layer. Refuses what is missing or out of range, by field; unknown fields are ignored. */
export function parseLayerJson(value: unknown): FormatResult<ExperimentLayer> {
  const fields = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const read = {
    in_channels: integer(fields.in_channels, 1),
    out_channels: integer(fields.out_channels, 1),
    kernel_size: pair(fields.kernel_size, 1),
    stride: pair(fields.stride ?? 1, 1),
    padding: perSide(fields.padding ?? 0),
    dilation: pair(fields.dilation ?? 1, 1),
    groups: integer(fields.groups ?? 1, 1),
    padding_mode: paddingModes.find((name) => name === (fields.padding_mode ?? 'zeros')) ?? null,
    activation: activationNames.find((name) => name === (fields.activation ?? 'none')) ?? null,
  };
  const { in_channels, out_channels, kernel_size, stride, padding, dilation, groups, padding_mode, activation } = read;
  if (
    in_channels === null ||
    out_channels === null ||
    kernel_size === null ||
    stride === null ||
    padding === null ||
    dilation === null ||
    groups === null ||
    padding_mode === null ||
    activation === null
  ) {
    const wrong = Object.entries(read).find(([, field]) => field === null)?.[0] ?? '';
    return formatError('file-incomplete', { name: `layer.json: ${wrong}` });
  }
  if (in_channels % groups !== 0 || out_channels % groups !== 0) {
    return formatError('file-incomplete', { name: 'layer.json: groups' });
  }
  const conv: Conv2d = {
    kind: 'conv2d',
    inChannels: in_channels,
    outChannels: out_channels,
    kernelSize: kernel_size,
    stride,
    padding,
    dilation,
    groups,
    bias: true,
    paddingMode: padding_mode,
  };
  return { ok: true, value: { conv, activation } };
}
