/** What each layer of a network takes on this device: measured one after another on the idle device, as the engine's panel measures. */
import type { Engine, Timing } from '../../engine/engine.ts';
import { profileRun } from '../../engine/profile.ts';
import type { NodeId } from '../../graph/graph.ts';
import type { ParameterValues } from '../../operators/operator.ts';
import type { NetworkPlan } from './networkPlan.ts';
import { pictureNode } from './nodes.ts';

export interface LayerTimes {
  /** What was measured; of a later plan these are times of an earlier network. */
  readonly plan: NetworkPlan;
  /** Milliseconds by the node whose programs ran; what was computed as they stored has none of its own. */
  readonly ms: Readonly<Record<NodeId, number>>;
  /** All layers in one run. */
  readonly whole: Timing;
}

/** `norms`: of the batch norms, by node. Rejects with the signal's reason or EngineError. */
export async function measureLayers(
  engine: Engine,
  plan: NetworkPlan,
  norms: Readonly<Record<NodeId, ParameterValues>>,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<LayerTimes> {
  const { graph, shapes, picture, parameters } = plan;
  const tensor = await engine.upload(picture.values, shapes[pictureNode]!);
  try {
    const request = {
      graph,
      parameters: { ...parameters, ...norms },
      inputs: { [pictureNode]: tensor },
      outputs: outputsOf(plan),
    };
    const { operators, whole } = await profileRun(engine, request, onProgress, signal);
    const ms = Object.fromEntries(operators.flatMap(({ node, timing }) => (timing ? [[node, timing.ms]] : [])));
    return { plan, ms, whole };
  } finally {
    tensor.free();
  }
}

/** The layers that no other reads: all others are on the way to them. */
function outputsOf({ graph }: NetworkPlan): readonly NodeId[] {
  const read = new Set(graph.nodes.flatMap(({ inputs }) => inputs));
  return graph.nodes.map(({ id }) => id).filter((id) => !read.has(id));
}
