/**
 * Measures the effective field of a unit on an engine: one network, forward to what the way back needs and back to the picture
 * (`graph/gradient`), run once for every draw and every picture; the gradients are added up here (`graph/effectiveField`).
 */
import type { Engine, Tensor } from '../../../engine/engine.ts';
import { type FieldMap, FieldMean, type FieldMeasure } from '../../../graph/effectiveField/fieldMap.ts';
import { type GradientGraph, gradientGraph } from '../../../graph/gradient/index.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import { inferShapes } from '../../../graph/infer.ts';
import { hash32 } from '../../../math/random.ts';
import type { HostTensor, Shape } from '../../../operators/operator.ts';
import { elementsOf } from '../../../operators/tensors.ts';

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
  /** Called after each run. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The mean of the field over all draws and pictures. Rejects with EngineError, or the signal's reason between two runs; in any case nothing
 * that was made stays on the engine.
 */
export async function measureEffectiveField(request: EffectiveFieldRequest): Promise<FieldMap> {
  const { engine, picture, pictures, unit, measure, draws, signal, onProgress } = request;
  const shape = pictures[0]?.shape;
  if (!shape) throw new Error('a field is measured on at least one picture');
  const { back, output } = wayBack(request, shape);
  const mean = new FieldMean(measure, shape);
  for (let draw = 0; draw < draws; draw++) {
    const others = request.othersOf?.(draw) ?? {};
    for (const [i, tensor] of pictures.entries()) {
      signal?.throwIfAborted();
      const parameters = back?.parameters(await request.parametersOf(draw, i)) ?? {};
      const host = back && {
        ...others,
        [back.cotangent]: { shape: output, values: cotangentOf(unit, output, request.firstSeed + draw) },
      };
      mean.add(host && (await gradientOn(engine, back, parameters, { [picture]: tensor }, host)));
      onProgress?.(draw * pictures.length + i + 1, draws * pictures.length);
    }
  }
  return mean.map;
}

/** The gradient of the unit's node at the picture, null where it does not depend on it; and the node's shape. */
function wayBack({ graph, picture, unit, othersOf }: EffectiveFieldRequest, shape: Shape) {
  const others = Object.entries(othersOf?.(0) ?? {}).map(([id, tensor]) => [id, tensor.shape] as const);
  const shapes = inferShapes(graph, { ...Object.fromEntries(others), [picture]: shape });
  if (!shapes.ok) throw new Error(shapes.error.message);
  const output = shapes.value[unit.node];
  if (!output) throw new Error(`no node '${unit.node}'`);
  return { back: gradientGraph(graph, shapes.value, unit.node, picture), output };
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

/** Runs the way back and reads its end, [C, H, W]. `given` tensors stay, those of `host` are uploaded and freed. */
async function gradientOn(
  engine: Engine,
  { graph, gradient }: GradientGraph,
  parameters: GraphParameters,
  given: Readonly<Record<NodeId, Tensor>>,
  host: Readonly<Record<NodeId, HostTensor<Float32Array>>>,
): Promise<Float32Array> {
  const made: Tensor[] = [];
  try {
    const inputs: Record<NodeId, Tensor> = {};
    for (const { id, operator } of graph.nodes) {
      if (operator.kind !== 'input') continue;
      const [known, tensor] = [given[id], host[id]];
      const input = known ?? (tensor && (await engine.upload(tensor.values, tensor.shape)));
      if (!input) throw new Error(`no tensor is given for input '${id}'`);
      inputs[id] = input;
      if (!known) made.push(input);
    }
    const run = await engine.run({ graph, inputs, parameters, outputs: [gradient] });
    made.push(...Object.values(run.tensors));
    await run.completed;
    const maps = run.tensors[gradient]!;
    const [, channels, height, width] = maps.shape;
    return await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
  } finally {
    for (const tensor of made) tensor.free();
  }
}
