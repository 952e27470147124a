/** A network that grows node by node behind a given one: shapes are known as nodes are added, parameters are functions of the given network's. */
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { ParameterValues, Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

/** What an added node learns, made of what the given network has learned. */
export type Derived = (forward: GraphParameters) => ParameterValues;

export class GradientBuilder {
  readonly #nodes: GraphNode[];
  readonly #shapes: Record<NodeId, Shape>;
  readonly #derived = new Map<NodeId, Derived>();

  constructor(graph: Graph, shapes: Shapes) {
    this.#nodes = [...graph.nodes];
    this.#shapes = { ...shapes };
  }

  get nodes(): readonly GraphNode[] {
    return this.#nodes;
  }

  shape(id: NodeId): Shape {
    const shape = this.#shapes[id];
    if (!shape) throw new Error(`no node '${id}'`);
    return shape;
  }

  /** An input node of this shape. */
  input(name: string, shape: Shape): NodeId {
    return this.#append(name, { kind: 'input', channels: shape[1] }, [], shape);
  }

  /** Throws where the operator does not fit its inputs: gradients of a valid network always do. */
  add(operator: Operator, inputs: readonly NodeId[], derived?: Derived): NodeId {
    const output = rulesOf(operator).outputShape(
      operator,
      inputs.map((id) => this.shape(id)),
    );
    if (!output.ok) throw new Error(`${operator.kind}: ${output.error.message}`);
    const id = this.#append(operator.kind, operator, inputs, output.value);
    if (derived) this.#derived.set(id, derived);
    return id;
  }

  derivedOf(id: NodeId): Derived | undefined {
    return this.#derived.get(id);
  }

  /** Named after what it does and its number; the given network may have such a name already. */
  #append(name: string, operator: Operator, inputs: readonly NodeId[], shape: Shape): NodeId {
    let id = `gradient ${this.#nodes.length} ${name}`;
    while (this.#shapes[id]) id = `${id}'`;
    this.#nodes.push({ id, operator, inputs });
    this.#shapes[id] = shape;
    return id;
  }
}
