/**
 * One layer of a network as a graph of its own, reading what the network computes in front of it, with all that Explore says of it. A
 * linear layer takes the flattening in front of it along: its weights are kernels as large as the maps.
 */
import { readersOf, tapsThrough } from '../../graph/field/receptiveField.ts';
import {
  type Graph,
  type GraphNode,
  isDrawn,
  isHeld,
  type LayerParameters,
  type NodeId,
  type NodeParameters,
} from '../../graph/graph.ts';
import type { Shapes } from '../../graph/infer.ts';
import { drawnKey } from '../../graph/weights/drawnParameters.ts';
import { isSignedAt } from '../../views/network/signs.ts';
import { codePieces, codeText } from '../../views/network/table/code.ts';
import { isFlattening } from '../kinds/readTerms.ts';
import type { NetworkPlan } from '../network/networkPlan.ts';
import { pictureNode } from '../network/nodes.ts';
import type { NetworkLayerOutput } from '../results.ts';
import type { Wanted } from '../runner.ts';
import { photoPlace } from './photoPlace.ts';

/** The same graph and weights stay the same objects, so that the same work is known to be the same. */
export function createLoner(): (plan: NetworkPlan, node: GraphNode) => Omit<Wanted, 'keepLinear' | 'prefix'> {
  let graph: Graph | null = null;
  let drawn: { readonly key: string; readonly parameters: LayerParameters } | null = null;
  return (plan, node) => {
    const { id, operator } = node;
    const nodes = [...before(plan, node), node];
    const read = readBy(nodes);
    const made = graphOf(nodes, read, plan.shapes);
    graph = graph && JSON.stringify(graph) === JSON.stringify(made) ? graph : made;
    const given = plan.parameters[id];
    const key = given && isDrawn(given) ? `${id} ${drawnKey(operator, given)}` : '';
    if (!drawn || key === '' || drawn.key !== key) drawn = { key, parameters: given ? { [id]: alone(given) } : {} };
    const shown = [...read, ...nodes.map((each) => each.id)];
    const shapes: Shapes = Object.fromEntries(shown.map((each) => [each, plan.shapes[each]!]));
    return {
      ...{ graph, parameters: drawn.parameters, picture: plan.picture, focus: id, shown: id, isLinear: true },
      kind: outputOf(plan, nodes, graph, shapes),
    };
  };
}

/** What is looked at with a layer: of a linear one the flattening in front of it, and a dropout between them; else nothing. */
function before({ graph }: NetworkPlan, { operator, inputs }: GraphNode): readonly GraphNode[] {
  if (operator.kind !== 'linear') return [];
  const find = (wanted: NodeId | undefined) => graph.nodes.find(({ id }) => id === wanted);
  const node = find(inputs[0]);
  const dropout = node?.operator.kind === 'dropout' ? [node] : [];
  const flat = dropout[0] ? find(dropout[0].inputs[0]) : node;
  return flat && isFlattening(flat) ? [flat, ...dropout] : [];
}

/** The layers whose maps `nodes` read, in the order in which they are read. */
function readBy(nodes: readonly GraphNode[]): readonly NodeId[] {
  const own = new Set(nodes.map(({ id }) => id));
  return [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((id) => !own.has(id));
}

/** The layers of the network whose maps Explore needs to look at `node`. */
export function readAlone(plan: NetworkPlan, node: GraphNode): readonly NodeId[] {
  return readBy([...before(plan, node), node]);
}

function graphOf(nodes: readonly GraphNode[], read: readonly NodeId[], shapes: Shapes): Graph {
  const inputs = read.map(
    (id): GraphNode => ({ id, operator: { kind: 'input', channels: shapes[id]![1] }, inputs: [] }),
  );
  return { nodes: [...inputs, ...nodes] };
}

function alone(given: NodeParameters): LayerParameters[NodeId] {
  if (isHeld(given)) throw new Error('a network that is looked at has no weights of an engine');
  return given;
}

function outputOf(plan: NetworkPlan, nodes: readonly GraphNode[], graph: Graph, shapes: Shapes): NetworkLayerOutput {
  const node = nodes.at(-1)!;
  const { id } = node;
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
    nodes,
    source: nodes[0]!.inputs[0]!,
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
