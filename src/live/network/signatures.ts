/**
 * What each node's maps are a function of, as a number: two nodes with the same number have the same maps. So a change of layer k leaves
 * the numbers of all that does not read it, and their maps are not computed again.
 */
import type { Graph, NodeId } from '../../graph/graph.ts';
import { rulesOf } from '../../operators/index.ts';
import type { NetworkState } from '../../store/network.ts';
import { weightsOf } from './drawParameters.ts';
import type { LayerFilterBook } from './layerFilterBook.ts';

export type Signatures = Readonly<Record<NodeId, number>>;

export interface SignatureBook {
  /** Of every node of the graph, over an input that `picture` stands for. */
  of(graph: Graph, weights: NetworkState['weights'], filters: LayerFilterBook, picture: object): Signatures;
}

/** It remembers what the last two networks were made of: maps of others are not kept, and under a camera every picture makes new ones. */
export function createSignatureBook(): SignatureBook {
  let present = new Map<string, number>();
  let former = present;
  const pictures = new WeakMap<object, number>();
  let count = 0;
  const numberOf = (text: string) => {
    const number = present.get(text) ?? former.get(text) ?? ++count;
    present.set(text, number);
    return number;
  };
  return {
    of(graph, weights, filters, picture) {
      former = present;
      present = new Map();
      const input = pictures.get(picture) ?? ++count;
      pictures.set(picture, input);
      const signatures: Record<NodeId, number> = {};
      for (const { id, operator, inputs } of graph.nodes) {
        const hasWeights = rulesOf(operator).parameters(operator).length > 0;
        const own = hasWeights ? weightsOf(id, operator, weights, filters) : null;
        // What is drawn depends on the layer's name, so that a layer put before it leaves its weights alone; filters do not.
        const drawing = own && ('filters' in own ? own : [id, own]);
        const read = operator.kind === 'input' ? [input] : inputs.map((from) => signatures[from]);
        signatures[id] = numberOf(JSON.stringify([operator, drawing, read], inOrder));
      }
      return signatures;
    },
  };
}

/** A built-in layer and the same one read back name their attributes in different orders. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
