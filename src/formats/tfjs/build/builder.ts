/**
 * Builds the product's graph from TensorFlow's operators for one size of picture. TensorFlow's maps are [N, H, W, C], ours lie as
 * [N, C, H, W]; a value of lower rank lies in its own order with ones behind. Node ids depend on the model's names alone, so that the
 * weights, which are taken at the first building only, belong to the graphs of all sizes.
 */
import '../../../operators/late.ts';
import type { Graph, GraphNode, NodeId } from '../../../graph/graph.ts';
import { type Operator, rulesOf } from '../../../operators/index.ts';
import type { ParameterValues, Shape } from '../../../operators/operator.ts';
import { malformed, NodeError, unsupported } from '../error.ts';

/** A tensor of the graph. */
export interface Value {
  readonly node: NodeId;
  /** As TensorFlow has it; four sizes are [N, H, W, C]. */
  readonly dims: readonly number[];
}

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);

/** How a tensor of these TensorFlow dims lies; `node` is who is told of where it cannot. */
export function lying(dims: readonly number[], node: string): Shape {
  if (dims.length > 4) throw unsupported(node, `a tensor of rank ${dims.length}`);
  const [n = 1, a = 1, b = 1, c = 1] = dims;
  return dims.length === 4 ? [n, c, a, b] : [n, a, b, 1];
}

/** TensorFlow's dims of maps that lie in this shape. */
export const mapsDims = ([n, c, h, w]: Shape): readonly number[] => [n, h, w, c];

/** The axis on which TensorFlow's `axis` of a tensor of this rank lies. Negative axes count from the end. */
export function lyingAxis(axis: number, rank: number, node: string): 0 | 1 | 2 | 3 {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(positive) || positive < 0 || positive >= rank) throw unsupported(node, `axis ${axis}`);
  const places = rank === 4 ? ([0, 2, 3, 1] as const) : ([0, 1, 2, 3] as const);
  return places[positive as 0 | 1 | 2 | 3];
}

/** What a building keeps for the next ones, at other sizes. */
export interface FirstBuilding {
  readonly parameters: Readonly<Record<NodeId, ParameterValues>>;
  /** The dims of every node at the native size: what constant sizes in the model refer to. */
  readonly dims: ReadonlyMap<NodeId, readonly number[]>;
}

export class NetworkBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #shapes = new Map<NodeId, Shape>();
  readonly #parameters: Record<NodeId, ParameterValues> = {};
  readonly #dims = new Map<NodeId, readonly number[]>();

  /** `first`: null at the first building, which is at the native size with one image. */
  constructor(
    readonly images: number,
    readonly first: FirstBuilding | null,
  ) {}

  get graph(): Graph {
    return { nodes: this.#nodes };
  }

  get kept(): FirstBuilding {
    return this.first ?? { parameters: this.#parameters, dims: this.#dims };
  }

  input(id: NodeId, channels: number, height: number, width: number): Value {
    return this.#add(
      { id, operator: { kind: 'input', channels }, inputs: [] },
      [this.images, channels, height, width],
      null,
    );
  }

  shape(value: Value): Shape {
    const shape = this.#shapes.get(value.node);
    if (!shape) throw new Error(`no node '${value.node}'`);
    return shape;
  }

  /** A tensor's dims at the native size. */
  nativeDims(value: Value): readonly number[] {
    return this.first?.dims.get(value.node) ?? value.dims;
  }

  /** One operator; `dims` where the result is no maps. */
  emit(
    id: NodeId,
    operator: Operator,
    inputs: readonly Value[],
    options: { readonly dims?: readonly number[]; readonly parameters?: () => ParameterValues } = {},
  ): Value {
    const shape = rulesOf(operator).outputShape(
      operator,
      inputs.map((input) => this.shape(input)),
    );
    if (!shape.ok) throw new NodeError(id, shape.error);
    if (!shape.value.every((size) => Number.isSafeInteger(size) && size > 0))
      throw unsupported(id, `an output of ${shape.value.join(' x ')}`);
    if (options.parameters && !this.first) this.#parameters[id] = options.parameters();
    const node = { id, operator, inputs: inputs.map((input) => input.node) };
    return this.#add(node, shape.value, options.dims ?? null);
  }

  /** An operator that leaves the size as it is. */
  pointwise(id: NodeId, operator: Operator, input: Value, parameters?: () => ParameterValues): Value {
    return this.emit(id, operator, [input], { dims: input.dims, ...(parameters ? { parameters } : {}) });
  }

  #add(node: GraphNode, shape: Shape, dims: readonly number[] | null): Value {
    if (this.#shapes.has(node.id)) throw malformed(node.id);
    const value = { node: node.id, dims: dims ?? mapsDims(shape) };
    this.#nodes.push(node);
    this.#shapes.set(node.id, shape);
    if (!this.first) this.#dims.set(node.id, value.dims);
    return value;
  }
}
