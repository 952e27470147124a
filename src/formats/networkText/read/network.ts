/** The network as it grows while its code is read: nodes with names of their own, and the shape of each. */
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import { freshName, nameOf } from '../../../graph/network/ids.ts';
import { type Operator, rulesOf } from '../../../operators/index.ts';
import type { Shape } from '../../../operators/operator.ts';
import { type Place, refuseAt } from '../python/tokens.ts';
import { givesFlat } from '../write/axes.ts';

/** A value of `forward`: the output of a node. `isFlat`: it is [N, C] in PyTorch, [N, C, 1, 1] here. */
export interface Tensor {
  readonly kind: 'tensor';
  readonly id: NodeId;
  readonly shape: Shape;
  readonly isFlat: boolean;
}

export class GrowingNetwork {
  readonly #nodes: GraphNode[];
  readonly #taken = new Set<string>(['input']);
  readonly #tensors = new Map<NodeId, Tensor>();
  readonly input: Tensor;

  constructor(shape: Shape) {
    this.#nodes = [{ id: 'input', operator: { kind: 'input', channels: shape[1] }, inputs: [] }];
    this.input = { kind: 'tensor', id: 'input', shape, isFlat: false };
  }

  /** A tensor that is given beside the picture: a node without inputs, with its first use. */
  addInput(id: string, shape: Shape): Tensor {
    const known = this.#tensors.get(id);
    if (known) return known;
    this.#taken.add(id);
    this.#nodes.push({ id, operator: { kind: 'input', channels: shape[1] }, inputs: [] });
    const tensor: Tensor = { kind: 'tensor', id, shape, isFlat: false };
    this.#tensors.set(id, tensor);
    return tensor;
  }

  /** `given`: null where the node is called after its operator. */
  add(given: string | null, operator: Operator, inputs: readonly Tensor[], place: Place): Tensor {
    const name = given ?? nameOf(operator);
    const arity = rulesOf(operator).arity(operator);
    if (arity !== null && arity !== inputs.length) {
      const message = `${name} takes ${arity} tensor(s) but ${inputs.length} were given`;
      refuseAt('wrong-arity', message, place, { id: name, expected: arity, got: inputs.length });
    }
    const shape = rulesOf(operator).outputShape(
      operator,
      inputs.map((input) => input.shape),
    );
    if (!shape.ok) {
      const { code, message, values } = shape.error;
      // What a join would read: PyTorch's sentence has a single number of each.
      const read = inputs.map((input) => `[${input.shape.join(', ')}]`).join(', ');
      return refuseAt(code, `${name}: ${message}`, place, inputs.length > 1 ? { ...values, shapes: read } : values);
    }
    const id = freshName(this.#taken, name);
    this.#taken.add(id);
    this.#nodes.push({ id, operator, inputs: inputs.map((input) => input.id) });
    const isFlat = givesFlat(
      operator,
      inputs.map((input) => input.isFlat),
    );
    const tensor: Tensor = { kind: 'tensor', id, shape: shape.value, isFlat };
    this.#tensors.set(id, tensor);
    return tensor;
  }

  /** The operator that gave a tensor. */
  operatorOf({ id }: Tensor): Operator {
    return this.#nodes.find((node) => node.id === id)!.operator;
  }

  /** The tensor of the last node, made by another operator instead: what stands around a call and belongs to its layer. */
  replaceLast(operator: Operator, place: Place): Tensor {
    const last = this.#nodes.pop()!;
    this.#taken.delete(last.id);
    return this.add(
      last.id,
      operator,
      last.inputs.map((id) => this.#tensors.get(id) ?? this.input),
      place,
    );
  }

  isLast({ id }: Tensor): boolean {
    return this.#nodes.at(-1)?.id === id;
  }

  get graph(): Graph {
    return { nodes: this.#nodes };
  }
}
