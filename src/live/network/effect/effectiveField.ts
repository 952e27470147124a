/**
 * Measures the effective field of a unit on an engine: forward to what the way back needs and back to the picture (`graph/gradient`), in as
 * many segments as a limit of memory asks for, once for every draw and every picture; the gradients are added up here
 * (`graph/effectiveField`).
 */
import type { Engine, Tensor } from '../../../engine/engine.ts';
import { type FieldMap, FieldMean, type FieldMeasure } from '../../../graph/effectiveField/fieldMap.ts';
import { segmentedGradient } from '../../../graph/gradient/segments.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { byteCount } from '../../../math/format.ts';
import { hash32 } from '../../../math/random.ts';
import type { HostTensor, Shape } from '../../../operators/operator.ts';
import { elementsOf } from '../../../operators/tensors.ts';
import { NetworkRefusal } from '../refusal.ts';
import { runCount, runSegments } from './segmentedRun.ts';

/**
 * The unit at row y and column x of one channel; or of all together: their sum, in which channels may cancel each other, or their sum with
 * a random sign for each, another in every draw, whose mean square is the sum of the channels' own.
 */
export interface FieldUnit {
  readonly node: NodeId;
  readonly channel: number | 'sum' | 'random signs';
  readonly y: number;
  readonly x: number;
}

export interface EffectiveFieldRequest {
  readonly engine: Engine;
  readonly graph: Graph;
  /** The input node that takes the pictures. */
  readonly picture: NodeId;
  /** [1, C, H, W], all of one shape; they stay the caller's. */
  readonly pictures: readonly Tensor[];
  readonly unit: FieldUnit;
  readonly measure: FieldMeasure;
  /** How often weights are drawn: each draw sees every picture. */
  readonly draws: number;
  /** Of the first draw's random signs, those of the others count up. */
  readonly firstSeed: number;
  /** Of a draw, for one of the pictures by its place: norms may take their statistics from it. */
  readonly parametersOf: (draw: number, picture: number) => GraphParameters | Promise<GraphParameters>;
  /** What other input nodes take in a draw, as the masks of a network that drops (`droppedNetwork`). */
  readonly othersOf?: (draw: number) => Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  /** Bytes of maps and gradients that may be there at once. */
  readonly limit: number;
  /** Called after each run of the engine: several for each draw and picture where it takes segments. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The mean of the field over all draws and pictures. Rejects with NetworkRefusal where no segments stay within the limit, with EngineError,
 * or the signal's reason between two runs; in any case nothing that was made stays on the engine.
 */
export async function measureEffectiveField(request: EffectiveFieldRequest): Promise<FieldMap> {
  const { engine, picture, pictures, unit, measure, draws, signal, onProgress } = request;
  const shape = pictures[0]?.shape;
  if (!shape) throw new Error('a field is measured on at least one picture');
  const { gradient, output } = wayBack(request, shape);
  const mean = new FieldMean(measure, shape);
  const all = draws * pictures.length * (gradient ? runCount(gradient) : 1);
  let done = 0;
  const onRun = () => onProgress?.(++done, all);
  for (let draw = 0; draw < draws; draw++) {
    const host = request.othersOf?.(draw) ?? {};
    const cotangent = { shape: output, values: cotangentOf(unit, output, request.firstSeed + draw) };
    for (const [i, tensor] of pictures.entries()) {
      signal?.throwIfAborted();
      if (!gradient) {
        mean.add(null);
        onRun();
        continue;
      }
      const parameters = await request.parametersOf(draw, i);
      const given = { [picture]: tensor };
      const way = { engine, gradient, of: unit.node, at: picture, cotangent, parameters, given, host, onRun, signal };
      mean.add(await runSegments(way));
    }
  }
  return mean.map;
}

/** The gradient of the unit's node at the picture, null where it does not depend on it; and the node's shape. */
function wayBack({ graph, picture, unit, othersOf, limit }: EffectiveFieldRequest, shape: Shape) {
  const others = Object.entries(othersOf?.(0) ?? {}).map(([id, tensor]) => [id, tensor.shape] as const);
  const shapes = inferShapes(graph, { ...Object.fromEntries(others), [picture]: shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const output = shapes.value[unit.node];
  if (!output) throw new Error(`no node '${unit.node}'`);
  const gradient = segmentedGradient(graph, shapes.value, unit.node, picture, limit);
  if (gradient && gradient.peakBytes > limit) {
    const values = { node: unit.node, size: byteCount(gradient.peakBytes), limit: byteCount(limit) };
    throw new NetworkRefusal('gradient-over-memory', `the way back from '${unit.node}' needs ${values.size}`, values);
  }
  return { gradient, output };
}

/** 1 at the unit, or a sign in every channel, and 0 elsewhere. */
function cotangentOf({ channel, y, x }: FieldUnit, shape: Shape, seed: number): Float32Array {
  const [, channels, height, width] = shape;
  const values = new Float32Array(elementsOf(shape));
  for (let c = 0; c < channels; c++) {
    if (typeof channel === 'number' && c !== channel) continue;
    values[(c * height + y) * width + x] = channel === 'random signs' && hash32(seed, 0, c) % 2 === 1 ? -1 : 1;
  }
  return values;
}
