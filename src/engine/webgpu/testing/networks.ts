/** Networks for tests: built node by node with seeded parameters, or at random out of the patterns that networks are made of. */
import fc from 'fast-check';
import type { Graph, GraphNode, GraphParameters, NodeId } from '../../../graph/graph.ts';
import { activationNames } from '../../../operators/activation/attributes.ts';
import type { Conv2d } from '../../../operators/conv2d/attributes.ts';
import { createConvTranspose2d } from '../../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../../operators/deformConv2d/index.ts';
import { type Operator, rulesOf } from '../../../operators/index.ts';
import { createLinear } from '../../../operators/linear/index.ts';
import type { ParameterValues, Shape } from '../../../operators/operator.ts';
import { createPool2d } from '../../../operators/pool2d/index.ts';
import { createResize } from '../../../operators/resize/index.ts';
import { createConv2d, onEverySide } from './convolutions.ts';
import { randomValues } from './exactness.ts';

export interface Network {
  readonly graph: Graph;
  readonly parameters: GraphParameters;
  /** Of the node `input`. */
  readonly shape: Shape;
  readonly outputs: readonly NodeId[];
}

export class NetworkBuilder {
  readonly nodes: GraphNode[] = [];
  readonly shapes: Record<NodeId, Shape> = {};
  readonly parameters: Record<NodeId, ParameterValues> = {};

  constructor(readonly shape: Shape) {
    this.nodes.push({ id: 'input', operator: { kind: 'input', channels: shape[1] }, inputs: [] });
    this.shapes.input = shape;
  }

  /** The node's name: its kind and number. */
  add(operator: Operator, ...inputs: readonly NodeId[]): NodeId {
    const id = `${operator.kind} ${this.nodes.length}`;
    const rules = rulesOf(operator);
    const output = rules.outputShape(
      operator,
      inputs.map((input) => this.shapes[input]!),
    );
    if (!output.ok) throw new Error(output.error.message);
    this.nodes.push({ id, operator, inputs });
    this.shapes[id] = output.value;
    const seed = this.nodes.length;
    const tensors = rules.parameters(operator).map(({ name, shape }, i) => {
      const values = randomValues(
        shape.reduce((a, b) => a * b),
        100 * seed + i,
      );
      // Variances are positive.
      return [name, name === 'runningVar' ? values.map((value) => 1 + 0.5 * value) : values] as const;
    });
    if (tensors.length > 0)
      this.parameters[id] = { bias: null, ...(Object.fromEntries(tensors) as { weight: Float32Array }) };
    return id;
  }

  conv(input: NodeId, outChannels: number, kernel = 3, rest: Partial<Conv2d> = {}): NodeId {
    const inChannels = this.shapes[input]![1];
    const padding = onEverySide(Math.floor(kernel / 2));
    return this.add(createConv2d({ inChannels, outChannels, kernelSize: [kernel, kernel], padding, ...rest }), input);
  }

  norm(input: NodeId): NodeId {
    return this.add({ kind: 'batch_norm2d', numFeatures: this.shapes[input]![1], eps: 1e-5 }, input);
  }

  activation(input: NodeId, name: (typeof activationNames)[number] = 'relu'): NodeId {
    return this.add({ kind: 'activation', function: name }, input);
  }

  sum(a: NodeId, b: NodeId): NodeId {
    return this.add({ kind: 'arithmetic', function: 'add' }, a, b);
  }

  concat(...inputs: readonly NodeId[]): NodeId {
    return this.add({ kind: 'concat', axis: 1 }, ...inputs);
  }

  up(input: NodeId): NodeId {
    return this.add(createResize({ mode: 'nearest', scaleFactor: [2, 2] }), input);
  }

  down(input: NodeId): NodeId {
    return this.add(createPool2d({ function: 'max', kernelSize: [2, 2] }), input);
  }

  /** Convolution, batch norm and activation, twice, around an identity. */
  residualBlock(input: NodeId): NodeId {
    const channels = this.shapes[input]![1];
    const first = this.activation(this.norm(this.conv(input, channels)));
    return this.activation(this.sum(this.norm(this.conv(first, channels)), input));
  }

  build(outputs: readonly NodeId[]): Network {
    const { nodes, parameters, shape } = this;
    return { graph: { nodes }, parameters, shape, outputs };
  }
}

/** One random step of a network: what is added behind which of the nodes there are. */
interface Move {
  readonly what: (typeof moves)[number];
  /** Chooses nodes, counted from the last. */
  readonly back: readonly [number, number];
  readonly channels: number;
  readonly activation: (typeof activationNames)[number];
}

const moves = [
  'conv',
  'conv norm activation',
  'grouped',
  'pointwise activation',
  'residual block',
  'sum',
  'concat',
  'norm',
  'activation',
  'transposed norm activation',
  'deform',
  'linear',
  'dropout',
  'permute',
  'pool',
  'up',
  'border',
] as const;

const near = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(4) });
const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom(...moves),
  back: fc.tuple(near, fc.nat(6)),
  channels: fc.integer({ min: 1, max: 9 }),
  activation: fc.constantFrom(...activationNames),
});

/** Small networks of up to eight steps; the last node is wanted, and at times another one. */
export const networks: fc.Arbitrary<Network> = fc
  .record({
    channels: fc.constantFrom(1, 3, 4, 6, 8),
    size: fc.tuple(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 4, max: 9 })),
    steps: fc.array(move, { minLength: 2, maxLength: 8 }),
    also: fc.option(fc.nat(20)),
  })
  .map(({ channels, size, steps, also }) => {
    const network = new NetworkBuilder([1, channels, ...size]);
    for (const step of steps) take(network, step);
    const ids = network.nodes.map(({ id }) => id);
    const outputs = new Set([ids.at(-1)!]);
    if (also !== null) outputs.add(ids[also % ids.length]!);
    return network.build([...outputs].filter((id) => id !== 'input'));
  })
  .filter(({ outputs }) => outputs.length > 0);

function take(network: NetworkBuilder, { what, back, channels, activation }: Move): void {
  const ids = network.nodes.map(({ id }) => id);
  const at = (distance: number) => ids[Math.max(0, ids.length - 1 - distance)]!;
  const x = at(back[0]);
  const [, width, height, columns] = network.shapes[x]!;
  switch (what) {
    case 'conv':
      network.conv(x, channels);
      break;
    case 'conv norm activation':
      network.activation(network.norm(network.conv(x, channels, 3, { stride: [1, 2] })), activation);
      break;
    case 'grouped':
      network.activation(network.norm(network.conv(x, 2 * width, 3, { groups: width })), activation);
      break;
    case 'pointwise activation':
      network.activation(network.conv(x, channels, 1), activation);
      break;
    case 'residual block':
      network.residualBlock(x);
      break;
    case 'sum': {
      const other = ids.findLast((id) => id !== x && `${network.shapes[id]}` === `${network.shapes[x]}`);
      network.sum(x, other ?? x);
      break;
    }
    case 'concat': {
      const alike = ids.filter((id) => `${network.shapes[id]!.slice(2)}` === `${[height, columns]}`);
      network.concat(x, alike[back[1] % alike.length]!);
      break;
    }
    case 'norm':
      network.norm(x);
      break;
    case 'activation':
      network.activation(x, activation);
      break;
    case 'transposed norm activation': {
      const layer = { inChannels: width, outChannels: channels, kernelSize: [3, 2], stride: [1, 1] } as const;
      network.activation(network.norm(network.add(createConvTranspose2d(layer), x)), activation);
      break;
    }
    case 'deform': {
      const offset = network.conv(x, 2, 1);
      const layer = { inChannels: width, outChannels: channels, kernelSize: [1, 1], hasMask: false } as const;
      network.activation(network.norm(network.add(createDeformConv2d(layer), x, offset)), activation);
      break;
    }
    case 'linear': {
      const mean = network.add({ kind: 'reduce', function: 'mean', axes: [2, 3] }, x);
      network.activation(network.add(createLinear({ inFeatures: width, outFeatures: channels }), mean), activation);
      break;
    }
    case 'dropout':
      network.add({ kind: 'dropout', p: 0.5 }, x);
      break;
    case 'permute':
      network.add({ kind: 'permute', dims: [0, 1, 3, 2] }, x);
      break;
    case 'pool':
      if (height > 1 && columns > 1) network.down(x);
      break;
    case 'up':
      if (height < 10 && columns < 10) network.up(x);
      break;
    case 'border':
      if (height > 1 && columns > 1) network.conv(x, channels, 3, { paddingMode: 'reflect' });
      break;
    default:
      what satisfies never;
  }
}
