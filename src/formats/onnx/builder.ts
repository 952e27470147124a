/**
 * Builds the product's graph from an ONNX model, value by value. ONNX's tensors have any rank, ours lie as [N, C, H, W]: a value
 * keeps its ONNX dims beside the four sizes in which it lies, and a rule that needs it otherwise gets it through a reshape (the same
 * values in the same order). Values that are known before the run (initializers, shapes, axes) stay numbers until somebody needs them
 * as a tensor.
 */
import '../../operators/late.ts';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../../graph/graph.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { HostTensor, ParameterValues, Shape } from '../../operators/operator.ts';
import { OnnxError } from './error.ts';
import type { OnnxNode, OnnxTensor } from './model.ts';

export interface Value {
  readonly node: NodeId;
  /** As the model sees it. */
  readonly dims: readonly number[];
  /** As it lies: the same values in the same order. */
  readonly shape: Shape;
}

/** An output of the model: the maps of a node, or values that were known before the run. */
export type ImportedOutput = { readonly name: string; readonly dims: readonly number[] } & (
  | { readonly node: NodeId }
  | { readonly values: Float32Array }
);

export interface ImportedGraph {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  /** The tensor of every `input` node: the model's inputs, and constants that operators read. */
  readonly inputs: Readonly<Record<NodeId, HostTensor<Float32Array>>>;
  readonly outputs: readonly ImportedOutput[];
}

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);

/** Dims of at most four sizes with ones in front, as broadcasting aligns them; more sizes are multiplied into the first. */
export function aligned(dims: readonly number[]): Shape {
  const kept = dims.slice(-3);
  const [c = 1, h = 1, w = 1] = [...Array.from({ length: 3 - kept.length }, () => 1), ...kept];
  return [sizeOf(dims.slice(0, -3)), c, h, w];
}

/** Dims as feature maps: [N, C] becomes [N, C, 1, 1], [N, C, L] becomes [N, C, 1, L], [N, C, D, H, W] becomes [N, C, D·H, W]. */
export function asMaps(dims: readonly number[]): Shape {
  const [n = 1, c = 1, ...spatial] = dims;
  const w = spatial.at(-1) ?? 1;
  return [n, c, sizeOf(spatial.slice(0, -1)), w];
}

export class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #parameters: Record<NodeId, ParameterValues> = {};
  readonly #inputs: Record<NodeId, HostTensor<Float32Array>> = {};
  readonly #values = new Map<string, Value>();
  readonly #constants = new Map<string, OnnxTensor>();

  /** A value known before the run. */
  know(name: string, tensor: OnnxTensor): void {
    this.#constants.set(name, tensor);
  }

  define(name: string, value: Value): void {
    this.#values.set(name, value);
  }

  isThere(node: OnnxNode, index: number): boolean {
    return (node.inputs[index] ?? '') !== '';
  }

  /** Input `index` of a node as numbers known before the run; null where it is not given. Throws where it is computed. */
  constant(node: OnnxNode, index: number): OnnxTensor | null {
    if (!this.isThere(node, index)) return null;
    const name = node.inputs[index]!;
    const tensor = this.#constants.get(name);
    if (tensor) return tensor;
    throw new OnnxError('unsupported', `${node.operator} with input ${index} (${name}) that is computed`);
  }

  /** Input `index` as numbers where they are known before the run, else null. */
  known(node: OnnxNode, index: number): OnnxTensor | null {
    return this.#constants.get(node.inputs[index] ?? '') ?? null;
  }

  /** Input `index` as integers known before the run: axes, sizes, steps. */
  integers(node: OnnxNode, index: number): readonly number[] | null {
    const tensor = this.constant(node, index);
    return tensor && (tensor.integers ?? [...tensor.values]);
  }

  /** Input `index` as a tensor of the graph. */
  value(node: OnnxNode, index: number): Value {
    const name = node.inputs[index] ?? '';
    const known = this.#values.get(name);
    if (known) return known;
    const tensor = this.#constants.get(name);
    if (!tensor) throw new OnnxError('damaged', `${node.operator} reads '${name}', which nothing gives`);
    if (tensor.integers?.some((value) => Math.fround(value) !== value))
      throw new OnnxError('unsupported', `'${name}' holds integers beyond float32`);
    const shape = aligned(tensor.dims);
    const id = this.#name(name);
    this.#nodes.push({ id, operator: { kind: 'input', channels: shape[1] }, inputs: [] });
    this.#inputs[id] = { shape, values: tensor.values };
    const value = { node: id, dims: tensor.dims, shape };
    this.#values.set(name, value);
    return value;
  }

  /** The node that holds the value in this shape. */
  lying(value: Value, shape: Shape): NodeId {
    if (value.shape.every((size, i) => size === shape[i])) return value.node;
    return this.emit({ kind: 'reshape', shape }, [value.node], [value.shape]).node;
  }

  /** One operator over nodes of these shapes. Throws where PyTorch would. */
  emit(
    operator: Operator,
    nodes: readonly NodeId[],
    shapes: readonly Shape[],
    parameters: ParameterValues | null = null,
  ): { readonly node: NodeId; readonly shape: Shape } {
    const output = rulesOf(operator).outputShape(operator, shapes);
    if (!output.ok) throw new OnnxError('damaged', output.error.message);
    const node = this.#name(operator.kind);
    this.#nodes.push({ id: node, operator, inputs: nodes });
    if (parameters) this.#parameters[node] = parameters;
    return { node, shape: output.value };
  }

  /** The graph that gives the named outputs. */
  finish(outputs: readonly string[]): ImportedGraph {
    const found = outputs.map((name): ImportedOutput => {
      const value = this.#values.get(name);
      if (value) return { name, node: value.node, dims: value.dims };
      const known = this.#constants.get(name);
      if (!known) throw new OnnxError('damaged', `nothing gives the output '${name}'`);
      return { name, dims: known.dims, values: known.values };
    });
    return { graph: { nodes: this.#nodes }, parameters: this.#parameters, inputs: this.#inputs, outputs: found };
  }

  #name(base: string): NodeId {
    return `${this.#nodes.length}:${base}`;
  }
}
