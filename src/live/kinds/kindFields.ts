/**
 * What a unit of a kind sees of the photo, and which units see a pixel. Along the graph by each operator's own rule; a deformable layer's
 * samples stand where its offsets put them, so there it is the box around them. On a small version of the photo each pixel stands for a
 * block of the photo's own.
 */
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { Layer } from '../../graph/layers/layer.ts';
import { partId } from '../../graph/layers/layerNodes.ts';
import { type PixelSet, readersOf, tapsThrough } from '../../graph/receptiveField.ts';
import { type SamplingPoint, samplingPoints } from '../../operators/deformConv2d/points.ts';
import type { HostTensor } from '../../operators/operator.ts';
import type { KindOutput, Picture } from '../results.ts';

export interface FieldsOf {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly shown: NodeId;
  readonly layer: Layer;
  readonly parameters: GraphParameters;
  readonly constants: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  readonly source: NodeId;
  readonly picture: Picture;
  readonly full: Picture;
}

export function createFields(of: FieldsOf): Pick<KindOutput, 'fieldOf' | 'readersOf'> {
  const { graph, shapes, shown, picture, full } = of;
  const input = graph.nodes[0]!.id;
  return {
    fieldOf(unit) {
      const read =
        of.layer.kind === 'deformable'
          ? boxOfSamples(of, of.layer, unit)
          : tapsThrough(graph, shapes, shown, unit)[input];
      return enlarged(read ?? { rows: [], columns: [] }, picture, full);
    },
    readersOf(y, x) {
      const at = (index: number, from: number, to: number) => Math.min(to - 1, Math.floor(((index + 0.5) * to) / from));
      const pixel = { y: at(y, full.height, picture.height), x: at(x, full.width, picture.width) };
      return readersOf(graph, shapes, input, pixel)[shown] ?? { rows: [], columns: [] };
    },
  };
}

type Deformable = Extract<Layer, { readonly kind: 'deformable' }>;

/** The samples of a unit whose offsets are known without a run: constant ones, and those that are inputs. Null where a convolution makes them. */
export function knownSamples(
  {
    layer,
    parameters,
    constants,
    shapes,
    source,
  }: Pick<FieldsOf, 'parameters' | 'constants' | 'shapes' | 'source'> & {
    readonly layer: Deformable;
  },
  { y, x }: { readonly y: number; readonly x: number },
): readonly SamplingPoint[] | null {
  const { conv } = layer;
  const [, channels = 0, height = 0, width = 0] = shapes[source] ?? [];
  const taps = conv.offsetGroups * conv.kernelSize[0] * conv.kernelSize[1];
  const given = constants[partId('layer', 'shifts')];
  const bias = parameters[partId('layer', 'offsets')];
  const isConstant = bias?.weight.every((weight) => weight === 0) ?? false;
  if (!given && !(bias?.bias && isConstant)) return null;
  // One position is enough for the point's own offsets: a plane of one value each.
  const at = given ? y * given.shape[3] + x : 0;
  const area = given ? given.shape[2] * given.shape[3] : 1;
  const values = Float32Array.from({ length: 2 * taps }, (_, i) =>
    given ? given.values[i * area + at]! : bias!.bias![i]!,
  );
  const moved = { ...conv, hasMask: false, padding: shiftedTo(conv.padding, conv.stride, y, x) };
  const offset = { shape: [1, 2 * taps, 1, 1] as const, values };
  const picture = { shape: [1, channels, height, width] as const, values: new Float32Array(0) };
  return samplingPoints(moved, { x: picture, offset, mask: null }, { u: 0, v: 0 });
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

function boxOfSamples(of: FieldsOf, layer: Deformable, unit: { readonly y: number; readonly x: number }): PixelSet {
  const { conv } = layer;
  const known = knownSamples({ ...of, layer }, unit);
  const places = known
    ? known.map(({ y, x }) => ({ y, x }))
    : regularTaps(conv.kernelSize, conv.dilation).map(([a, b]) => ({
        y: unit.y * conv.stride[0] - conv.padding.top + a,
        x: unit.x * conv.stride[1] - conv.padding.left + b,
      }));
  const span = (values: readonly number[]) => range(Math.floor(Math.min(...values)), Math.ceil(Math.max(...values)));
  const box: PixelSet = { rows: span(places.map(({ y }) => y)), columns: span(places.map(({ x }) => x)) };
  const stem = of.graph.nodes.find(({ id }) => id === 'stem')?.operator;
  if (stem?.kind !== 'conv2d') return box;
  return { rows: widened(box.rows, stem.kernelSize[0]), columns: widened(box.columns, stem.kernelSize[1]) };
}

function regularTaps(
  kernel: readonly [number, number],
  dilation: readonly [number, number],
): readonly (readonly [number, number])[] {
  return Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => [
    Math.floor(tap / kernel[1]) * dilation[0],
    (tap % kernel[1]) * dilation[1],
  ]);
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** As many more on both sides as a stride-1 kernel that keeps the size reads. */
function widened(positions: readonly number[], kernel: number): readonly number[] {
  const before = Math.floor((kernel - 1) / 2);
  return range((positions[0] ?? 0) - before, (positions.at(-1) ?? 0) + kernel - 1 - before);
}

function enlarged({ rows, columns }: PixelSet, picture: Picture, full: Picture): PixelSet {
  if (picture.height === full.height && picture.width === full.width) return { rows, columns };
  const blocks = (positions: readonly number[], from: number, to: number) =>
    positions
      .filter((at) => at >= 0 && at < from)
      .flatMap((at) =>
        range(
          Math.floor((at * to) / from),
          Math.max(Math.floor((at * to) / from), Math.ceil(((at + 1) * to) / from) - 1),
        ),
      );
  const unique = (positions: readonly number[]) => [...new Set(positions)];
  return {
    rows: unique(blocks(rows, picture.height, full.height)),
    columns: unique(blocks(columns, picture.width, full.width)),
  };
}
