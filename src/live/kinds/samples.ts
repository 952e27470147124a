/**
 * Where a unit of a deformable layer samples, before and beside any run: its offsets are inputs, or one position of the offset
 * convolution, which the host works out from the photo (through the bank, where there is one). A few thousand products, so that the
 * points follow a pointer without waiting for the device.
 */
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { Layer } from '../../graph/layers/layer.ts';
import { partId } from '../../graph/layers/layerNodes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { resolvePadding } from '../../operators/conv2d/padding.ts';
import { type SamplingPoint, samplingPoints } from '../../operators/deformConv2d/points.ts';
import type { HostTensor, ParameterValues } from '../../operators/operator.ts';
import type { Picture } from '../results.ts';
import { kindNodes } from './kindNodes.ts';

export interface SampledLayer {
  readonly layer: Extract<Layer, { readonly kind: 'deformable' }>;
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly parameters: GraphParameters;
  readonly constants: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  readonly source: NodeId;
  readonly picture: Picture;
}

interface Place {
  readonly y: number;
  readonly x: number;
}

/** All samples of output (y, x), in pixels of what the layer reads: offset group by offset group, tap by tap. */
export function samplesAt(of: SampledLayer, { y, x }: Place): readonly SamplingPoint[] {
  const { conv } = of.layer;
  const [, channels = 0, height = 0, width = 0] = of.shapes[of.source] ?? [];
  const taps = conv.offsetGroups * conv.kernelSize[0] * conv.kernelSize[1];
  const made = givenAt(of, { y, x }) ?? convolvedOffsets(of, { y, x });
  const column = (values: ArrayLike<number>) => ({
    shape: [1, values.length, 1, 1] as const,
    values: Float32Array.from(values),
  });
  const inputs = {
    x: { shape: [1, channels, height, width] as const, values: new Float32Array(0) },
    offset: column(made.subarray(0, 2 * taps)),
    mask: conv.hasMask ? column(made.subarray(2 * taps)) : null,
  };
  return samplingPoints({ ...conv, padding: shiftedTo(conv.padding, conv.stride, y, x) }, inputs, { u: 0, v: 0 });
}

/** Padding with which output (0, 0) stands where output (y, x) stood. */
export function shiftedTo<T extends { readonly top: number; readonly left: number }>(
  padding: T,
  stride: readonly [number, number],
  y: number,
  x: number,
): T {
  return { ...padding, top: padding.top - y * stride[0], left: padding.left - x * stride[1] };
}

/** Offsets, then masks, that are inputs of the graph; null where a convolution makes them. */
function givenAt({ constants }: SampledLayer, { y, x }: Place): Float64Array | null {
  const shifts = constants[partId(kindNodes.layer, 'shifts')];
  if (!shifts) return null;
  const mask = constants[partId(kindNodes.layer, 'mask')];
  return Float64Array.from([shifts, ...(mask ? [mask] : [])].flatMap((tensor) => positionOf(tensor, { y, x })));
}

function positionOf({ shape, values }: HostTensor<Float32Array>, { y, x }: Place): number[] {
  const [, channels, rows, columns] = shape;
  return Array.from({ length: channels }, (_, c) => values[(c * rows + y) * columns + x] ?? 0);
}

function convolvedOffsets(of: SampledLayer, place: Place): Float64Array {
  const { offsets, conv } = of.layer;
  const [, , height = 0, width = 0] = of.shapes[of.source] ?? [];
  const values = parametersOf(of, partId(kindNodes.layer, 'offsets'));
  const made = convolvedAt(offsets, values, sourceValues(of), [height, width], place);
  // Masks come out of the same convolution, before their sigmoid.
  if (conv.hasMask)
    for (let i = (2 * made.length) / 3; i < made.length; i++) made[i] = 1 / (1 + Math.exp(-(made[i] ?? 0)));
  return made;
}

function parametersOf({ parameters }: SampledLayer, node: NodeId): ParameterValues {
  const values = parameters[node];
  if (!values) throw new Error(`${node} has no parameters`);
  return values;
}

type ValueAt = (channel: number, y: number, x: number) => number;

/** What the layer reads: a value of the photo, or of the bank over it (after its ReLU), each position worked out once. */
function sourceValues(of: SampledLayer): ValueAt {
  const { height, width, values } = of.picture;
  const photo: ValueAt = (channel, y, x) => values[(channel * height + y) * width + x] ?? 0;
  const stem = of.graph.nodes.find(({ id }) => id === kindNodes.stem)?.operator;
  if (stem?.kind !== 'conv2d') return photo;
  const filters = parametersOf(of, kindNodes.stem);
  const known = new Map<number, Float64Array>();
  return (channel, y, x) => {
    const at = y * width + x;
    const responses = known.get(at) ?? convolvedAt(stem, filters, photo, [height, width], { y, x });
    known.set(at, responses);
    return Math.max(0, responses[channel] ?? 0);
  };
}

/** One position of an ungrouped convolution with zero padding: a value for each filter. What has no weight is not asked for. */
function convolvedAt(
  conv: Conv2d,
  { weight, bias }: ParameterValues,
  valueAt: ValueAt,
  [height, width]: readonly [number, number],
  place: Place,
): Float64Array {
  const { kernelSize, stride, dilation, inChannels, outChannels } = conv;
  const [kh, kw] = kernelSize;
  const { top, left } = resolvePadding(conv);
  const sums = Float64Array.from({ length: outChannels }, (_, filter) => bias?.[filter] ?? 0);
  for (let a = 0; a < kh; a++) {
    const y = place.y * stride[0] - top + a * dilation[0];
    if (y < 0 || y >= height) continue;
    for (let b = 0; b < kw; b++) {
      const x = place.x * stride[1] - left + b * dilation[1];
      if (x < 0 || x >= width) continue;
      for (let channel = 0; channel < inChannels; channel++) {
        for (let filter = 0; filter < outChannels; filter++) {
          const factor = weight[((filter * inChannels + channel) * kh + a) * kw + b] ?? 0;
          if (factor !== 0) sums[filter] = (sums[filter] ?? 0) + factor * valueAt(channel, y, x);
        }
      }
    }
  }
  return sums;
}
