/**
 * Writes a network down layer by layer, in the order of its definition; channels are those that the layer before left. Names are the
 * modules' names in the definition that the network comes from, with a dot for each block: `layer1.0.conv1`.
 */
import type { ActivationName } from '../../operators/activation/attributes.ts';
import type { ArithmeticFunction } from '../../operators/arithmetic/attributes.ts';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { Pair, PerSide, Shape } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import type { Graph, GraphNode, NodeId } from '../graph.ts';

export interface ConvOptions {
  readonly kernel?: number | Pair;
  readonly stride?: number | Pair;
  readonly padding?: number | Pair;
  readonly dilation?: number;
  readonly groups?: number;
  readonly bias?: boolean;
}

interface PoolOptions {
  readonly kernel: number;
  readonly stride: number;
  readonly padding?: number;
  readonly ceilMode?: boolean;
}

/** Thrown where a layer cannot be applied to what comes before it: an input that is too small for the network. */
export class ArchitectureError extends Error {
  constructor(
    readonly node: NodeId,
    message: string,
  ) {
    super(`${node}: ${message}`);
  }
}

export class NetworkBuilder {
  readonly #nodes: GraphNode[] = [];
  readonly #shapes = new Map<NodeId, Shape>();

  /** The node that stands for the picture, [N, C, H, W]. */
  constructor(input: Shape) {
    this.#nodes.push({ id: 'input', operator: { kind: 'input', channels: input[1] }, inputs: [] });
    this.#shapes.set('input', input);
  }

  get graph(): Graph {
    return { nodes: this.#nodes };
  }

  shape(id: NodeId): Shape {
    const shape = this.#shapes.get(id);
    if (!shape) throw new Error(`no node '${id}'`);
    return shape;
  }

  channels(id: NodeId): number {
    return this.shape(id)[1];
  }

  add(id: NodeId, operator: Operator, ...inputs: readonly NodeId[]): NodeId {
    if (this.#shapes.has(id)) throw new Error(`'${id}' stands twice`);
    const shape = rulesOf(operator).outputShape(
      operator,
      inputs.map((input) => this.shape(input)),
    );
    if (!shape.ok) throw new ArchitectureError(id, shape.error.message);
    this.#nodes.push({ id, operator, inputs });
    this.#shapes.set(id, shape.value);
    return id;
  }

  /** `padding` absent: 0, as in PyTorch. */
  conv(id: NodeId, from: NodeId, outChannels: number, options: ConvOptions = {}): NodeId {
    const { kernel = 1, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
    const conv: Conv2d = createConv2d({
      inChannels: this.channels(from),
      outChannels,
      kernelSize: pair(kernel),
      stride: pair(stride),
      padding: around(padding),
      dilation: pair(dilation),
      groups,
      bias,
    });
    return this.add(id, conv, from);
  }

  batchNorm(id: NodeId, from: NodeId, eps = 1e-5): NodeId {
    return this.add(id, { kind: 'batch_norm2d', numFeatures: this.channels(from), eps }, from);
  }

  activation(id: NodeId, from: NodeId, name: ActivationName = 'relu'): NodeId {
    return this.add(id, { kind: 'activation', function: name }, from);
  }

  maxPool(id: NodeId, from: NodeId, { kernel, stride, padding = 0, ceilMode = false }: PoolOptions): NodeId {
    return this.add(id, poolOf('max', { kernel, stride, padding, ceilMode }), from);
  }

  averagePool(id: NodeId, from: NodeId, { kernel, stride, padding = 0, ceilMode = false }: PoolOptions): NodeId {
    return this.add(id, poolOf('average', { kernel, stride, padding, ceilMode }), from);
  }

  /** Average pooling to `size` x `size`. */
  adaptivePool(id: NodeId, from: NodeId, size = 1): NodeId {
    return this.add(id, { kind: 'adaptive_pool2d', function: 'average', outputSize: [size, size] }, from);
  }

  arithmetic(id: NodeId, name: ArithmeticFunction, a: NodeId, b: NodeId): NodeId {
    return this.add(id, { kind: 'arithmetic', function: name }, a, b);
  }

  concat(id: NodeId, ...parts: readonly NodeId[]): NodeId {
    return this.add(id, { kind: 'concat', axis: 1 }, ...parts);
  }

  dropout(id: NodeId, from: NodeId, p: number): NodeId {
    return this.add(id, { kind: 'dropout', p }, from);
  }

  flatten(id: NodeId, from: NodeId): NodeId {
    const [images, channels, height, width] = this.shape(from);
    return this.add(id, { kind: 'reshape', shape: [images, channels * height * width, 1, 1] }, from);
  }

  linear(id: NodeId, from: NodeId, outFeatures: number): NodeId {
    return this.add(id, { kind: 'linear', inFeatures: this.channels(from), outFeatures, bias: true }, from);
  }
}

function poolOf(name: 'max' | 'average', { kernel, stride, padding, ceilMode }: Required<PoolOptions>): Operator {
  return createPool2d({
    function: name,
    kernelSize: pair(kernel),
    stride: pair(stride),
    padding: around(padding),
    ceilMode,
  });
}

function pair(value: number | Pair): Pair {
  return typeof value === 'number' ? [value, value] : value;
}

function around(padding: number | Pair): PerSide {
  const [y, x] = pair(padding);
  return { top: y, bottom: y, left: x, right: x };
}

/** `channels` as the nearest multiple of `divisor` that is no more than a tenth below it (MobileNet's `_make_divisible`). */
export function divisible(channels: number, divisor = 8): number {
  const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * channels ? rounded + divisor : rounded;
}
