/** The network that channels are taken out of, for pictures of one size: its shapes, what is coupled in it, and its weights as values. */
import { type ChannelClasses, channelClasses } from '../../../analysis/pruning/channelClasses.ts';
import { costOf } from '../../../graph/cost.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../../graph/infer.ts';
import type { ParameterValues } from '../../../operators/operator.ts';
import type { Picture } from '../../results.ts';
import { valuesOf } from '../liveliness.ts';
import { ChannelsRefusal, type ChannelsSubject } from '../subject.ts';

export interface PruneBase {
  readonly subject: ChannelsSubject;
  /** Of one picture. */
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly classes: ChannelClasses;
}

export function pruneBaseOf(subject: ChannelsSubject, picture: Picture): PruneBase {
  const { height, width } = picture;
  const graph = subject.graphAt(height, width, 1);
  const channels = subject.read(picture).length / (height * width);
  const shapes = inferShapes(graph, { [subject.input]: [1, channels, height, width] });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { subject, graph, shapes: shapes.value, classes: channelClasses(graph, shapes.value) };
}

/** A pruned network has weights of its own: more than these, 256 MB, are not copied in a page. */
const mostWeights = 2 ** 26;

/** Throws ChannelsRefusal where the network has too many weights. */
export function weightsOf({ subject, graph, shapes }: PruneBase): GraphParameters {
  const { parameters } = costOf(graph, shapes).total;
  if (parameters > mostWeights)
    throw new ChannelsRefusal({ kind: 'network', code: 'too-many-weights', values: { count: parameters } });
  return Object.fromEntries(
    graph.nodes.flatMap(({ id }): (readonly [NodeId, ParameterValues])[] => {
      const values = valuesOf(subject, id);
      return values ? [[id, values]] : [];
    }),
  );
}
