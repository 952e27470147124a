/** The network of a state: a built-in architecture over the input that is there, or a graph that was written down. */
import { architecture, isArchitectureName } from '../../graph/architectures/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Fitted, fitChannels } from '../../graph/network/fitChannels.ts';
import type { Shape } from '../../operators/operator.ts';
import type { NetworkState } from '../../store/network.ts';
import { pictureNode } from './nodes.ts';
import { NetworkRefusal } from './refusal.ts';

/** Throws where the text is no network, or the architecture has no layer for pictures that small. */
export function readLayers(layers: string, input: Shape): Graph {
  if (isArchitectureName(layers)) return architecture(layers, input);
  return fitChannels(readGraph(layers), { [pictureNode]: input }).graph;
}

/**
 * The state with its layers changed: `edit` makes the new network, the channels of what follows are fitted to it. `moved`: what had to
 * change with it.
 */
export function editLayers(
  state: NetworkState,
  input: Shape,
  edit: (graph: Graph) => Graph,
): { readonly state: NetworkState; readonly moved: Fitted['moved'] } {
  const before = readLayers(state.layers, input);
  const { graph, moved } = fitChannels(edit(before), { [pictureNode]: input });
  const names = new Set(graph.nodes.map(({ id }) => id));
  return {
    state: {
      ...state,
      layers: JSON.stringify(graph.nodes),
      off: state.off.filter((id) => names.has(id)),
    },
    moved,
  };
}

function readGraph(text: string): Graph {
  try {
    return { nodes: JSON.parse(text) as Graph['nodes'] };
  } catch {
    throw new NetworkRefusal('unreadable', 'the layers cannot be read');
  }
}
