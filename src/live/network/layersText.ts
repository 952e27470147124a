/** The network of a state: a built-in architecture over the input that is there, or a graph that was written down (`store/networkRecord`). */
import { architecture, isArchitectureName } from '../../graph/architectures/index.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Fitted, fitChannels } from '../../graph/network/fitChannels.ts';
import type { Shape } from '../../operators/operator.ts';
import type { NetworkState } from '../../store/network.ts';
import { type ReadGraph, readGraph, writeGraph } from '../../store/networkRecord/graphRecord.ts';
import { pictureNode } from './nodes.ts';
import { NetworkRefusal } from './refusal.ts';

/** Throws where the text is no network, or the architecture has no layer for pictures that small. `input`: [1, C, H, W]. */
export function readLayers(layers: string, input: Shape): ReadGraph {
  if (isArchitectureName(layers)) return { graph: architecture(layers, input), dropped: [] };
  const read = readGraph(parsed(layers), input);
  if (!read) throw new NetworkRefusal('unreadable', 'the layers cannot be read');
  return { ...read, graph: fitChannels(read.graph, { [pictureNode]: input }).graph };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What of a network a record, and so this page, would not keep: attributes beyond their bounds (a kernel of 65, 70 000 channels). Nothing
 * of a network that has any may take the place of another one.
 */
export function unkept(graph: Graph, input: Shape): ReadGraph['dropped'] {
  return readGraph(JSON.parse(JSON.stringify(writeGraph(graph, null))), input)?.dropped ?? [];
}

/** The state with another network: layers that are no more are not switched off either. */
export function withGraph(state: NetworkState, graph: Graph, input: Shape): NetworkState {
  const made = isArchitectureName(state.layers) ? { name: state.layers, input } : null;
  const names = new Set(graph.nodes.map(({ id }) => id));
  return {
    ...state,
    layers: JSON.stringify(writeGraph(graph, made)),
    off: state.off.filter((id) => names.has(id)),
  };
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
  const { graph, moved } = fitChannels(edit(readLayers(state.layers, input).graph), { [pictureNode]: input });
  return { state: withGraph(state, graph, input), moved };
}
