/** A network that grows node by node behind a given one: shapes are known as nodes are added, parameters are functions of the given network's. */
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { ParameterSpec, ParameterValues, Shape } from '../../operators/operator.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../graph.ts';
import type { Shapes } from '../infer.ts';

/**
 * A tensor of an added node: one that a node of the given network has learned, as it is, wherever it lies; numbers; or what the host makes
 * of the learned values.
 */
export type TensorSource =
  | { readonly from: 'network'; readonly node: NodeId; readonly name: ParameterSpec['name'] }
  | { readonly from: 'numbers'; readonly values: Float32Array }
  | { readonly from: 'values'; readonly make: (forward: GraphParameters) => Float32Array };

/** What an added node learns. */
export type Derived = { readonly [K in keyof ParameterValues]: TensorSource | (K extends 'bias' ? null : never) };

export const learned = (node: NodeId, name: ParameterSpec['name'] = 'weight'): TensorSource => ({
  from: 'network',
  node,
  name,
});
export const numbers = (values: Float32Array): TensorSource => ({ from: 'numbers', values });
export const equal = (length: number, value: number): TensorSource => numbers(new Float32Array(length).fill(value));

/** A source's values. Throws where the network has none of that name. */
export function valuesOfSource(source: TensorSource, forward: GraphParameters): Float32Array {
  switch (source.from) {
    case 'numbers':
      return source.values;
    case 'values':
      return source.make(forward);
    case 'network': {
      const values = forward[source.node]?.[source.name];
      if (!values) throw new Error(`node '${source.node}' has no ${source.name}`);
      return values;
    }
    default:
      source satisfies never;
      throw new Error('unknown source');
  }
}

export function valuesOfDerived(derived: Derived, forward: GraphParameters): ParameterValues {
  const { weight, bias, runningMean, runningVar } = derived;
  return {
    weight: valuesOfSource(weight, forward),
    bias: bias && valuesOfSource(bias, forward),
    ...(runningMean && { runningMean: valuesOfSource(runningMean, forward) }),
    ...(runningVar && { runningVar: valuesOfSource(runningVar, forward) }),
  };
}

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
