/**
 * The layers of a workload, attributes named as in PyTorch. `kind` is one of those below (`conv` where nothing is said); numbers are
 * whole numbers or pairs [h, w], padding also [top, left, bottom, right]; what a layer reads follows from the one before.
 *   conv            out_channels, kernel_size, stride, padding, dilation, groups (output_padding: 0 and nothing else)
 *   conv_transpose  the same, output_padding (`transposed` is the same kind)
 *   deformable      as conv, offset_groups; with a mask
 *   shuffle         groups
 *   linear          out_channels, on maps of one pixel
 *   local           as conv without groups
 */
import type { Pair, PerSide, Shape } from '../../src/operators/operator.ts';
import type { NamedLayer } from './layers.ts';

const window = ['out_channels', 'kernel_size', 'stride', 'padding', 'dilation'];
const attributes: Readonly<Record<string, readonly string[]>> = {
  conv: [...window, 'groups', 'output_padding'],
  conv_transpose: [...window, 'groups', 'output_padding'],
  transposed: [...window, 'groups', 'output_padding'],
  deformable: [...window, 'groups', 'offset_groups'],
  shuffle: ['groups'],
  linear: ['out_channels'],
  local: window,
};

/** Throws one sentence about what it does not understand. */
export function readLayer(
  fields: ReadonlyMap<string, unknown>,
  [, inChannels, height, width]: Shape,
  name: string,
): NamedLayer {
  const kind = fields.get('kind') ?? 'conv';
  const known = typeof kind === 'string' ? attributes[kind] : undefined;
  if (!known) throw new Error(`${name}: the benchmark has no kind "${String(kind)}".`);
  const unknown = [...fields.keys()].find((field) => field !== 'kind' && !known.includes(field));
  if (unknown !== undefined) throw new Error(`${name}: "${unknown}" is not an attribute that the benchmark knows.`);
  const { number, pair, perSide } = readers(fields, name);
  if (kind === 'shuffle') return { kind: 'channel_shuffle', groups: number('groups', null) };
  const outChannels = number('out_channels', null);
  if (kind === 'linear') return { kind: 'linear', inFeatures: inChannels, outFeatures: outChannels, bias: true };
  const common = {
    inChannels,
    outChannels,
    kernelSize: pair('kernel_size', null),
    stride: pair('stride', 1),
    padding: perSide('padding'),
    dilation: pair('dilation', 1),
    bias: true,
  };
  if (kind === 'local') return { kind: 'locally_connected2d', inputSize: [height, width], ...common };
  const groups = number('groups', 1);
  if (kind === 'conv_transpose' || kind === 'transposed')
    return { kind: 'conv_transpose2d', ...common, groups, outputPadding: pair('output_padding', 0) };
  if (kind === 'deformable')
    return { kind: 'deform_conv2d', ...common, groups, offsetGroups: number('offset_groups', 1), hasMask: true };
  if (pair('output_padding', 0).some((size) => size !== 0))
    throw new Error(`${name}: "output_padding" is an attribute of conv_transpose; of conv it can only be 0.`);
  return { kind: 'conv2d', ...common, groups, paddingMode: 'zeros' };
}

function readers(fields: ReadonlyMap<string, unknown>, name: string) {
  const numbers = (field: string, fallback: number | null): number[] => {
    const value = fields.get(field) ?? fallback;
    const list = Array.isArray(value) ? value : [value];
    if (list.length > 0 && list.every((item) => Number.isInteger(item) && item >= 0)) return list;
    throw new Error(`${name}: "${field}" must be a whole number or a list of them.`);
  };
  return {
    number: (field: string, fallback: number | null): number => {
      const list = numbers(field, fallback);
      if (list.length !== 1) throw new Error(`${name}: "${field}" must be one number.`);
      return list[0]!;
    },
    pair: (field: string, fallback: number | null): Pair => {
      const [h, w = h, ...rest] = numbers(field, fallback);
      if (rest.length > 0) throw new Error(`${name}: "${field}" must be a number or a pair [h, w].`);
      return [h!, w!];
    },
    perSide: (field: string): PerSide => {
      const list = numbers(field, 0);
      const [top = 0, left = top, bottom = top, right = left] = list;
      if (![1, 2, 4].includes(list.length)) {
        throw new Error(`${name}: "${field}" must be a number, [h, w] or [top, left, bottom, right].`);
      }
      return { top, left, bottom, right };
    },
  };
}
