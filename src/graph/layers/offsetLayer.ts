/**
 * Where a deformable layer's offsets come from when no convolution learns them. Offsets that are the same at every position are the
 * offset convolution with zero weights and the offsets as its bias; those that follow the picture are an input of their own.
 */
import type { DeformConv2d } from '../../operators/deformConv2d/attributes.ts';
import { type OffsetPreset, offsetShapeOf, presetOffsets } from '../../operators/deformConv2d/offsets.ts';
import type { HostTensor, ParameterValues } from '../../operators/operator.ts';
import type { GraphNode, NodeId } from '../graph.ts';
import type { Layer } from './layer.ts';
import { partId } from './layerNodes.ts';

export interface TapOffset {
  readonly dy: number;
  readonly dx: number;
  readonly mask: number;
}

type Deformable = Extract<Layer, { readonly kind: 'deformable' }>;

/** Group by group, tap by tap, as a preset that is the same at every position moves them; all masks 1. */
export function presetTaps(
  conv: DeformConv2d,
  preset: Exclude<OffsetPreset, { kind: 'gradient' }>,
): readonly TapOffset[] {
  const [kh, kw] = conv.kernelSize;
  // One position is enough: an input of exactly one window.
  const window = { ...conv, padding: { top: 0, bottom: 0, left: 0, right: 0 } };
  const [h, w] = [conv.dilation[0] * (kh - 1) + 1, conv.dilation[1] * (kw - 1) + 1];
  const shape = [1, conv.inChannels, h, w] as const;
  const { values } = presetOffsets(window, { shape, values: new Float32Array(0) }, preset);
  return Array.from({ length: values.length / 2 }, (_, tap) => ({
    dy: values[2 * tap] ?? 0,
    dx: values[2 * tap + 1] ?? 0,
    mask: 1,
  }));
}

/** As many taps as the layer has; those that are missing stay where they are. */
export function wholeTaps(
  { kernelSize, offsetGroups }: DeformConv2d,
  taps: readonly TapOffset[],
): readonly TapOffset[] {
  const count = offsetGroups * kernelSize[0] * kernelSize[1];
  return Array.from({ length: count }, (_, tap) => taps[tap] ?? { dy: 0, dx: 0, mask: 1 });
}

/** sigmoid(16) = 1 - 1.1e-7, the last float32 but one before 1. */
const largestLogit = 16;

/** The offset convolution's values that give these offsets (and masks, before their sigmoid) at every position. */
export function constantOffsets({ conv, offsets }: Deformable, taps: readonly TapOffset[]): ParameterValues {
  const [kh, kw] = offsets.kernelSize;
  const weight = new Float32Array(offsets.outChannels * offsets.inChannels * kh * kw);
  const logit = (mask: number) => Math.min(largestLogit, Math.max(-largestLogit, Math.log(mask / (1 - mask))));
  const masks = conv.hasMask ? taps.map(({ mask }) => logit(mask)) : [];
  return { weight, bias: Float32Array.from([...taps.flatMap(({ dy, dx }) => [dy, dx]), ...masks]) };
}

/** A deformable layer whose offsets (and masks of 1) are inputs, following the gradient of `picture` [1, C, H, W]. */
export function gradientNodes(
  { conv }: Deformable,
  id: NodeId,
  source: NodeId,
  picture: HostTensor,
): { readonly nodes: readonly GraphNode[]; readonly constants: Readonly<Record<NodeId, HostTensor<Float32Array>>> } {
  const offset = presetOffsets(conv, picture, { kind: 'gradient' });
  const [, channels, rows, columns] = offsetShapeOf(conv, picture.shape);
  const shifts = partId(id, 'shifts');
  const mask = partId(id, 'mask');
  const input = (node: NodeId, count: number): GraphNode => ({
    id: node,
    operator: { kind: 'input', channels: count },
    inputs: [],
  });
  const ones = {
    shape: [1, channels / 2, rows, columns] as const,
    values: new Float32Array((channels / 2) * rows * columns).fill(1),
  };
  const reads = conv.hasMask ? [source, shifts, mask] : [source, shifts];
  return {
    nodes: [
      input(shifts, channels),
      ...(conv.hasMask ? [input(mask, channels / 2)] : []),
      { id: partId(id, 'conv'), operator: conv, inputs: reads },
    ],
    constants: conv.hasMask ? { [shifts]: offset, [mask]: ones } : { [shifts]: offset },
  };
}
