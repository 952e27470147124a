/** One layer of a network as a graph of its own, reading what the network computes in front of it, with all that Explore says of it. */
import { readersOf, tapsThrough } from '../../graph/field/receptiveField.ts';
import { type Graph, type GraphNode, type GraphParameters, isDrawn } from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { drawnKey, materialiseAll } from '../../graph/weights/drawnParameters.ts';
import { isSignedAt } from '../../views/network/signs.ts';
import { codePieces, codeText } from '../../views/network/table/code.ts';
import type { NetworkPlan } from '../network/networkPlan.ts';
import { pictureNode } from '../network/nodes.ts';
import type { NetworkLayerOutput } from '../results.ts';
import type { Wanted } from '../runner.ts';
import { photoPlace } from './photoPlace.ts';

/** The same graph and weights stay the same objects, so that the same work is known to be the same. */
export function createLoner(): (plan: NetworkPlan, node: GraphNode) => Omit<Wanted, 'keepLinear' | 'prefix'> {
  let graph: Graph | null = null;
  let drawn: { readonly key: string; readonly parameters: GraphParameters } | null = null;
  return (plan, node) => {
    const { id, operator, inputs } = node;
    const made = graphOf(node, plan.shapes);
    graph = graph && JSON.stringify(graph) === JSON.stringify(made) ? graph : made;
    const given = plan.parameters[id];
    const key = given && isDrawn(given) ? `${id} ${drawnKey(operator, given)}` : '';
    if (!drawn || key === '' || drawn.key !== key) drawn = { key, parameters: parametersOf(plan, node) };
    const shapes: Shapes = Object.fromEntries([...inputs, id].map((each) => [each, plan.shapes[each]!]));
    return {
      ...{ graph, parameters: drawn.parameters, picture: plan.picture, focus: id, shown: id, isLinear: true },
      kind: outputOf(plan, node, graph, shapes),
    };
  };
}

function graphOf(node: GraphNode, shapes: Shapes): Graph {
  const read = [...new Set(node.inputs)].map(
    (id): GraphNode => ({ id, operator: { kind: 'input', channels: shapes[id]![1] }, inputs: [] }),
  );
  return { nodes: [...read, node] };
}

/** Batch norms have none before their maps are there. */
function parametersOf({ parameters }: NetworkPlan, { id, operator }: GraphNode): GraphParameters {
  const given = parameters[id];
  return given ? materialiseAll({ nodes: [{ id, operator, inputs: [] }] }, { [id]: given }) : {};
}

function outputOf(plan: NetworkPlan, node: GraphNode, graph: Graph, shapes: Shapes): NetworkLayerOutput {
  const { id, inputs } = node;
  const { height, width } = plan.picture;
  const place = photoPlace(plan.photo, { height, width }, plan.state.input.crop);
  const fieldOf = lastKept((unit) =>
    place.onPhoto(tapsThrough(plan.graph, plan.shapes, id, unit)[pictureNode] ?? { rows: [], columns: [] }),
  );
  return {
    from: 'network',
    ...{ state: plan.state, photo: plan.photo, node: id },
    isSigned: isSignedAt(plan.graph, id),
    lines: [codeText(codePieces(node))],
    nodes: [node],
    source: inputs[0]!,
    shown: id,
    activation: 'none',
    shapes,
    alone: graph,
    cost: plan.cost.nodes[id]!,
    constants: {},
    fieldOf,
    readersOf(y, x) {
      const pixel = place.onPicture(y, x);
      const none = { rows: [], columns: [] };
      return pixel ? (readersOf(plan.graph, plan.shapes, pictureNode, pixel)[id] ?? none) : none;
    },
    // Where they stand is known with the maps of the offsets alone.
    samplesOf: () => null,
  };
}

interface Unit {
  readonly y: number;
  readonly x: number;
}

/** A pointer asks for the same unit again and again. */
function lastKept<T>(answer: (unit: Unit) => T): (unit: Unit) => T {
  let last: { readonly unit: Unit; readonly answer: T } | null = null;
  return (unit) => {
    if (last?.unit.y !== unit.y || last.unit.x !== unit.x) last = { unit, answer: answer(unit) };
    return last.answer;
  };
}
