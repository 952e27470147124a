/**
 * One gradient at the picture on an engine, within a limit of memory (`graph/gradient/segments.ts`): forward segment by segment, keeping what
 * crosses a cut alone; then from the last to the first each is computed once more with its gradients, and gives back what was kept for it.
 */
import type { Engine, Tensor } from '../../../engine/engine.ts';
import type { SegmentBack, SegmentedGradient } from '../../../graph/gradient/segments.ts';
import type { Graph, GraphParameters, NodeId } from '../../../graph/graph.ts';
import type { HostTensor } from '../../../operators/operator.ts';

export interface SegmentedRun {
  readonly engine: Engine;
  readonly gradient: SegmentedGradient;
  /** The node whose gradient is given, and the input node that it is wanted at. */
  readonly of: NodeId;
  readonly at: NodeId;
  readonly cotangent: HostTensor<Float32Array>;
  readonly parameters: GraphParameters;
  /** Of input nodes; they stay the caller's. */
  readonly given: Readonly<Record<NodeId, Tensor>>;
  /** Of all other input nodes: uploaded, and given back. */
  readonly host: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  /** Called after each run of the engine: `runCount` times. */
  readonly onRun: () => void;
  readonly signal: AbortSignal | undefined;
}

/** Every segment back, all but the last forward before. */
export const runCount = ({ segments }: SegmentedGradient): number => 2 * segments.length - 1;

/** [C, H, W]. Rejects with EngineError, or the signal's reason between two runs; in any case nothing that was made stays on the engine. */
export async function runSegments(request: SegmentedRun): Promise<Float32Array> {
  const { engine, gradient, of, at, cotangent, parameters, given, host, onRun, signal } = request;
  const made = new Set<Tensor>();
  const upload = async ({ values, shape }: HostTensor<Float32Array>): Promise<Tensor> => {
    const tensor = await engine.upload(values, shape);
    made.add(tensor);
    return tensor;
  };
  const free = (tensor: Tensor | undefined): void => {
    if (tensor && made.delete(tensor)) tensor.free();
  };
  /** Computes `outputs`; the maps of its inputs are there. */
  const run = async (
    graph: Graph,
    own: GraphParameters,
    there: ReadonlyMap<NodeId, Tensor>,
    outputs: readonly NodeId[],
  ): Promise<Readonly<Record<NodeId, Tensor>>> => {
    signal?.throwIfAborted();
    // Where gradients pass by, there is nothing to compute.
    if (outputs.length === 0) return {};
    const { tensors, completed } = await engine.run({
      graph,
      inputs: inputsOf(graph, there),
      parameters: own,
      outputs,
    });
    for (const tensor of Object.values(tensors)) made.add(tensor);
    await completed;
    return tensors;
  };

  try {
    const there = new Map<NodeId, Tensor>(Object.entries(given));
    for (const [id, tensor] of Object.entries(host)) there.set(id, await upload(tensor));
    for (const { forward, keeps } of gradient.segments.slice(0, -1)) {
      const tensors = await run(forward, parametersIn(forward, parameters), there, keeps);
      for (const [id, tensor] of Object.entries(tensors)) there.set(id, tensor);
      onRun();
    }
    let gradients = new Map<NodeId, Tensor>([[of, await upload(cotangent)]]);
    for (const [i, { back }] of [...gradient.segments.entries()].toReversed()) {
      const named = cotangentsOf(back, gradients);
      const tensors = await run(back.graph, back.parameters(parameters), new Map([...there, ...named]), back.outputs);
      const former = gradients;
      gradients = new Map(
        [...back.gradients].flatMap(([node, id]) => {
          const tensor = tensors[id] ?? named.get(id);
          return tensor ? [[node, tensor] as const] : [];
        }),
      );
      const stay = new Set(gradients.values());
      for (const tensor of former.values()) if (!stay.has(tensor)) free(tensor);
      for (const id of gradient.segments[i - 1]?.keeps ?? []) free(there.get(id));
      onRun();
    }
    const maps = gradients.get(at);
    if (!maps) throw new Error(`no gradient has come to '${at}'`);
    const [, channels, height, width] = maps.shape;
    return await engine.read(maps, { channel: 0, channels, y: 0, x: 0, height, width });
  } finally {
    for (const tensor of made) tensor.free();
  }
}

/** The known gradients by the input nodes that take them. */
function cotangentsOf({ cotangents }: SegmentBack, gradients: ReadonlyMap<NodeId, Tensor>): Map<NodeId, Tensor> {
  return new Map(
    [...cotangents].flatMap(([node, id]) => {
      const tensor = gradients.get(node);
      return tensor ? [[id, tensor] as const] : [];
    }),
  );
}

function inputsOf({ nodes }: Graph, there: ReadonlyMap<NodeId, Tensor>): Record<NodeId, Tensor> {
  const inputs: Record<NodeId, Tensor> = {};
  for (const { id, operator } of nodes) {
    if (operator.kind !== 'input') continue;
    const tensor = there.get(id);
    if (!tensor) throw new Error(`no tensor is given for input '${id}'`);
    inputs[id] = tensor;
  }
  return inputs;
}

/** An engine is sent no weights that it does not need. */
function parametersIn({ nodes }: Graph, parameters: GraphParameters): GraphParameters {
  return Object.fromEntries(nodes.flatMap(({ id }) => (parameters[id] ? [[id, parameters[id]] as const] : [])));
}
