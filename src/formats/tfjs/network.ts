/** From the description of a model to a trained network: one building at the native size takes the weights, others are made when asked for. */
import type { Graph } from '../../graph/graph.ts';
import type { GraphError } from '../../graph/infer.ts';
import { convolutionLayers } from '../../graph/trained/convolutionLayers.ts';
import type { Preprocessing, TrainedGraph, TrainedNetwork, TrainedSource } from '../../graph/trained/trainedNetwork.ts';
import type { Pair, Result } from '../../operators/operator.ts';
import { type FirstBuilding, NetworkBuilder, type Value } from './build/builder.ts';
import { ModelError, NodeError } from './error.ts';

/** What a reader understood of a file. */
export interface ModelDescription {
  /** The name of the picture's node. */
  readonly input: string;
  readonly channels: number;
  readonly nativeSize: { readonly height: number; readonly width: number } | null;
  /** Builds the network for a picture of this size, and gives its outputs. Throws ModelError. */
  build(builder: NetworkBuilder, size: Pair): readonly { readonly name: string; readonly value: Value }[];
}

/** What a file does not say of its network. */
export interface ModelFacts {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly classes: readonly string[] | null;
  readonly source: TrainedSource;
}

/** A size at which a network without one of its own is built first: a multiple of what networks halve. */
const firstSize = { height: 128, width: 128 };

/** So many sizes are kept: a person looks at few, a script at as many as there are pictures. */
const keptSizes = 8;

/** Says of a network what its file does not, from what is known of it. */
export type FactsOf = (network: Pick<TrainedNetwork, 'channels' | 'layers' | 'nativeSize'>) => ModelFacts;

/** Throws ModelError where the network cannot be built at its native size. */
export function trainedNetwork(description: ModelDescription, factsOf: FactsOf): TrainedNetwork {
  const { nativeSize, input, channels } = description;
  const { height, width } = nativeSize ?? firstSize;
  const builder = new NetworkBuilder(1, null);
  const first = finished(builder, description.build(builder, [height, width]));
  const layers = convolutionLayers(first.graph);
  const facts = factsOf({ channels, layers, nativeSize });
  if (facts.preprocessing.order.length !== channels) throw new ModelError('model-weight', { name: input });
  const made = new Map<string, TrainedGraph>([[`1 ${height} ${width}`, first]]);
  return {
    ...facts,
    ...{ input, channels, nativeSize },
    parameters: builder.kept.parameters,
    layers,
    graphAt: (rows, columns, images = 1) => {
      const key = `${images} ${rows} ${columns}`;
      const known = made.get(key);
      if (known) return { ok: true, value: known };
      const built = buildAt(description, builder.kept, [rows, columns], images);
      if (!built.ok) return built;
      const oldest = made.keys().next().value;
      if (made.size >= keptSizes && oldest !== undefined) made.delete(oldest);
      made.set(key, built.value);
      return built;
    },
  };
}

function finished(
  builder: NetworkBuilder,
  outputs: readonly { readonly name: string; readonly value: Value }[],
): TrainedGraph {
  const graph: Graph = builder.graph;
  return { graph, outputs: outputs.map(({ name, value }) => ({ name, node: value.node })) };
}

function buildAt(
  description: ModelDescription,
  kept: FirstBuilding,
  size: Pair,
  images: number,
): Result<TrainedGraph, GraphError> {
  const builder = new NetworkBuilder(images, kept);
  try {
    return { ok: true, value: finished(builder, description.build(builder, size)) };
  } catch (error) {
    if (error instanceof NodeError) return { ok: false, error: { ...error.reason, node: error.node } };
    if (!(error instanceof ModelError)) throw error;
    const node = String(error.values.node ?? '');
    return {
      ok: false,
      error: { code: error.code, values: error.values, message: `${node}: ${error.values.what ?? error.code}`, node },
    };
  }
}
