/**
 * What a unit of a kind sees of the photo, and which units see a pixel. Along the graph by each operator's own rule; a deformable layer's
 * samples stand where its offsets put them (`samples.ts`), so there it is the box around them. On a small version of the photo each pixel stands for a
 * block of the photo's own.
 */

import { type PixelSet, readersOf, tapsThrough } from '../../graph/field/receptiveField.ts';
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import type { Layer } from '../../graph/layers/layer.ts';
import type { SamplingPoint } from '../../operators/deformConv2d/points.ts';
import type { HostTensor } from '../../operators/operator.ts';
import type { KindOutput, Picture } from '../results.ts';
import { kindNodes } from './kindNodes.ts';
import { samplesAt } from './samples.ts';

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

export function createFields(of: FieldsOf): Pick<KindOutput, 'fieldOf' | 'readersOf' | 'samplesOf'> {
  const { graph, layer, shapes, shown, picture, full } = of;
  const input = graph.nodes[0]!.id;
  const samplesOf = layer.kind === 'deformable' ? lastKept((unit) => samplesAt({ ...of, layer }, unit)) : null;
  return {
    fieldOf(unit) {
      const read = samplesOf ? boxOf(samplesOf(unit), graph) : tapsThrough(graph, shapes, shown, unit)[input];
      return enlarged(read ?? { rows: [], columns: [] }, picture, full);
    },
    readersOf(y, x) {
      if (samplesOf) return null;
      const at = (index: number, from: number, to: number) => Math.min(to - 1, Math.floor(((index + 0.5) * to) / from));
      const pixel = { y: at(y, full.height, picture.height), x: at(x, full.width, picture.width) };
      return readersOf(graph, shapes, input, pixel)[shown] ?? { rows: [], columns: [] };
    },
    samplesOf: (unit) => samplesOf?.(unit) ?? null,
  };
}

interface Unit {
  readonly y: number;
  readonly x: number;
}

/** A pointer asks for the same unit again and again. */
function lastKept<T>(answer: (unit: Unit) => T): (unit: Unit) => T {
  let last: { readonly unit: Unit; readonly answer: T } | null = null;
  return (unit) => {
    if (last?.unit.y !== unit.y || last.unit.x !== unit.x) last = { unit, answer: answer(unit) };
    return last.answer;
  };
}

/** The pixels that the samples of a deformable layer touch, as a box; through a bank, what its kernel sees around them. */
function boxOf(samples: readonly SamplingPoint[], graph: Graph): PixelSet {
  const span = (values: readonly number[]) => range(Math.floor(Math.min(...values)), Math.ceil(Math.max(...values)));
  const box: PixelSet = { rows: span(samples.map(({ y }) => y)), columns: span(samples.map(({ x }) => x)) };
  const stem = graph.nodes.find(({ id }) => id === kindNodes.stem)?.operator;
  if (stem?.kind !== 'conv2d') return box;
  return { rows: widened(box.rows, stem.kernelSize[0]), columns: widened(box.columns, stem.kernelSize[1]) };
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
    // What lies in the padding of the small picture lies as far out on the large one.
    positions.flatMap((at) =>
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
