/** What is worked out once for a graph and its shapes, and kept as long as both live. */
import type { Graph } from '../graph.ts';
import type { Shapes } from '../infer.ts';

export function perNetwork<T>(make: (graph: Graph, shapes: Shapes) => T): (graph: Graph, shapes: Shapes) => T {
  const known = new WeakMap<Graph, WeakMap<Shapes, { readonly value: T }>>();
  return (graph, shapes) => {
    const ofGraph = known.get(graph) ?? new WeakMap<Shapes, { readonly value: T }>();
    known.set(graph, ofGraph);
    const kept = ofGraph.get(shapes) ?? { value: make(graph, shapes) };
    ofGraph.set(shapes, kept);
    return kept.value;
  };
}
