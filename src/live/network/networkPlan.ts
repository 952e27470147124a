/** A network worked out before any map of it is computed: its layers, their shapes, fields and prices on the picture that it reads. */
import { architecture, isArchitectureName } from '../../graph/architectures/index.ts';
import { costOf, type GraphCost } from '../../graph/cost.ts';
import { describeNetwork, type NetworkDescription } from '../../graph/describe.ts';
import type { Graph, GraphParameters, NodeId } from '../../graph/graph.ts';
import { inferShapes, type Shapes } from '../../graph/infer.ts';
import type { Shape } from '../../operators/operator.ts';
import type { NetworkState } from '../../store/network.ts';
import type { Picture } from '../results.ts';
import { drawParameters } from './drawParameters.ts';
import { networkPicture } from './networkPicture.ts';
import { createSignatureBook, type Signatures } from './signatures.ts';

/** The node that stands for the picture, in every network. */
export const pictureNode = 'input';

export interface NetworkPlan {
  readonly state: NetworkState;
  /** The working picture that `picture` was made from. */
  readonly photo: Picture;
  /** What the network reads. */
  readonly picture: Picture;
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly description: NetworkDescription;
  readonly cost: GraphCost;
  readonly signatures: Signatures;
  readonly parameters: GraphParameters;
}

export interface Planner {
  /** The same object for the same state, photo and size. Throws where the layers are no network for such a picture. */
  plan(state: NetworkState, photo: Picture, size: number): NetworkPlan;
}

export function createPlanner(): Planner {
  const book = createSignatureBook();
  let last: { readonly plan: NetworkPlan; readonly size: number } | null = null;
  return {
    plan(state, photo, size) {
      const former = last?.plan.photo === photo && last.size === size ? last.plan : null;
      if (former?.state === state) return former;
      const isSameInput = former?.state.input.crop === state.input.crop;
      const picture = former && isSameInput ? former.picture : networkPicture(photo, state.input.crop, size);
      const given: Shape = [1, picture.channels, picture.height, picture.width];
      const graph = graphOf(state.layers, given);
      const inferred = inferShapes(graph, { [pictureNode]: given });
      if (!inferred.ok) throw new Error(inferred.error.message);
      const shapes = inferred.value;
      const plan: NetworkPlan = {
        state,
        photo,
        picture,
        graph,
        shapes,
        description: describeNetwork(graph, shapes),
        cost: costOf(graph, shapes),
        signatures: book.of(graph, state.weights, picture),
        parameters: drawParameters(graph, state.weights),
      };
      last = { plan, size };
      return plan;
    },
  };
}

function graphOf(layers: string, input: Shape): Graph {
  if (!isArchitectureName(layers)) throw new Error(`no network '${layers}'`);
  return architecture(layers, input);
}

/** The layers whose maps are a layer's result, in order: behind what is computed as it stores (norm, activation). */
export function layerEnds({ nodes }: Graph): readonly NodeId[] {
  const readers = new Map<NodeId, number>();
  for (const { inputs } of nodes) for (const input of inputs) readers.set(input, (readers.get(input) ?? 0) + 1);
  const joined = new Set(
    nodes
      .filter(({ operator, inputs }) => joinsWriter(operator.kind) && readers.get(inputs[0]!) === 1)
      .map(({ inputs }) => inputs[0]!),
  );
  return nodes.filter(({ id, operator }) => operator.kind !== 'input' && !joined.has(id)).map(({ id }) => id);
}

const joinsWriter = (kind: Graph['nodes'][number]['operator']['kind']) =>
  kind === 'batch_norm2d' || kind === 'activation' || kind === 'dropout';
