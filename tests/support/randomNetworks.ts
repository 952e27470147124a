/**
 * Random networks on small pictures, with branches that meet, for property tests. Each is built from a list of wishes; one that cannot be
 * granted (a window that does not fit, sizes that do not join, a map that grows too large) leaves the network as it is, so that any list
 * is a network and shrinks to a shorter one.
 */
import fc from 'fast-check';
import type { Graph, GraphNode, GraphParameters } from '../../src/graph/graph.ts';
import type { Shapes } from '../../src/graph/infer.ts';
import { paddingModes } from '../../src/operators/conv2d/attributes.ts';
import { createConv2d } from '../../src/operators/conv2d/index.ts';
import { type Operator, rulesOf } from '../../src/operators/index.ts';
import '../../src/operators/late.ts';
import type { Shape } from '../../src/operators/operator.ts';
import { padModes } from '../../src/operators/pad/attributes.ts';
import { createPool2d } from '../../src/operators/pool2d/index.ts';
import { createResize } from '../../src/operators/resize/index.ts';

export interface RandomNetwork {
  readonly graph: Graph;
  readonly shapes: Shapes;
  readonly parameters: GraphParameters;
  /**
   * Nothing is ever negative and a picture of zeros gives zeros: maxima and rectifiers let every change through that makes the picture
   * larger. Else: every function on the way has a slope everywhere.
   */
  readonly isMonotone: boolean;
}

const kinds = [
  ...[
    'conv',
    'conv',
    'conv',
    'transposed',
    'pool',
    'add',
    'add',
    'concat',
    'concat',
    'slice',
    'crop',
    'pad',
    'shuffle',
  ],
  ...['activation', 'pixels', 'channels', 'resize', 'adaptive', 'excite', 'turn', 'norm', 'local', 'reduce', 'flatten'],
] as const;

const pair = (max: number) => fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max }));

const wishes = fc.record({
  kind: fc.constantFrom(...kinds),
  /** How far back the node lies that is read, and the second one where two are. */
  from: fc.constantFrom(0, 0, 0, 1, 2),
  other: fc.nat(4),
  channels: fc.integer({ min: 1, max: 4 }),
  groups: fc.constantFrom(1, 1, 2, 3),
  kernelSize: pair(3),
  stride: pair(2),
  dilation: pair(2),
  padding: fc.record({ top: fc.nat(2), bottom: fc.nat(2), left: fc.nat(2), right: fc.nat(2) }),
  choice: fc.nat(11),
});

type Wish = typeof wishes extends fc.Arbitrary<infer W> ? W : never;

/** Networks of up to seven layers; `images` are given to the picture of [images, channels, height, width]. */
export function randomNetworks(images: (height: number, width: number) => number): fc.Arbitrary<RandomNetwork> {
  return fc
    .record({
      list: fc.array(wishes, { minLength: 1, maxLength: 7 }),
      channels: fc.integer({ min: 1, max: 2 }),
      size: fc.tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 3, max: 7 })),
      isMonotone: fc.boolean(),
      seed: fc.nat(1000),
    })
    .map(({ list, channels, size, isMonotone, seed }) => {
      const nodes: GraphNode[] = [{ id: 'input', operator: { kind: 'input', channels }, inputs: [] }];
      const shapes: Record<string, Shape> = { input: [images(...size), channels, ...size] };
      const add = (operator: Operator, ...inputs: readonly string[]): string | null => {
        const shape = rulesOf(operator).outputShape(
          operator,
          inputs.map((id) => shapes[id]!),
        );
        if (!shape.ok || shape.value[1] > 12 || shape.value[2] > 12 || shape.value[3] > 12) return null;
        const id = `${operator.kind}${nodes.length}`;
        nodes.push({ id, operator, inputs });
        shapes[id] = shape.value;
        return id;
      };
      for (const wish of list) {
        const back = (steps: number) => nodes[Math.max(0, nodes.length - 1 - steps)]!.id;
        grant(wish, { add, from: back(wish.from), other: back(wish.other), shapes, isMonotone });
      }
      return { graph: { nodes }, shapes, parameters: drawn(nodes, isMonotone, seed), isMonotone };
    });
}

interface Site {
  readonly add: (operator: Operator, ...inputs: readonly string[]) => string | null;
  readonly from: string;
  readonly other: string;
  readonly shapes: Shapes;
  readonly isMonotone: boolean;
}

const turns = [
  [0, 1, 3, 2],
  [0, 2, 3, 1],
  [0, 3, 1, 2],
] as const;

function grant(wish: Wish, { add, from, other, shapes, isMonotone }: Site): void {
  const { kernelSize, stride, dilation, padding, choice } = wish;
  const [n, c, h, w] = shapes[from]!;
  const groups = c % wish.groups === 0 ? wish.groups : 1;
  const layer = { inChannels: c, outChannels: groups * wish.channels, groups, kernelSize, stride, dilation, padding };
  switch (wish.kind) {
    case 'conv':
      add(createConv2d({ ...layer, bias: !isMonotone, paddingMode: paddingModes[choice % 4]! }), from);
      return;
    case 'transposed':
      add({ kind: 'conv_transpose2d', ...layer, outputPadding: [choice % 2, 0], bias: !isMonotone }, from);
      return;
    case 'pool':
      add(
        createPool2d({ function: isMonotone ? 'max' : 'average', kernelSize, stride, ceilMode: choice % 2 === 0 }),
        from,
      );
      return;
    case 'add':
      add({ kind: 'arithmetic', function: isMonotone ? 'maximum' : choice % 2 ? 'add' : 'multiply' }, from, other);
      return;
    case 'concat':
      add({ kind: 'concat', axis: ([1, 1, 2, 3] as const)[choice % 4]! }, from, other);
      return;
    case 'slice': {
      const first = Math.min(choice % 2, c - 1);
      const count = Math.ceil((c - first) / 2);
      add({ kind: 'slice', start: [0, first, 0, 0], count: [n, count, h, w], step: [1, 1, 1, 1] }, from);
      return;
    }
    case 'crop': {
      const [y, x] = [Math.ceil(h / 2), Math.ceil(w / 2)];
      add({ kind: 'slice', start: [0, 0, 0, w - 1], count: [n, c, y, x], step: [1, 1, choice % 2 ? 1 : 2, -1] }, from);
      return;
    }
    case 'pad': {
      const before = [0, choice % 2, padding.top, padding.left] as const;
      const after = [0, 0, choice > 8 ? -1 : padding.bottom, padding.right] as const;
      add({ kind: 'pad', before, after, mode: padModes[choice % 4]!, value: isMonotone ? 0 : 0.7 }, from);
      return;
    }
    // As in ShuffleNet: two branches side by side, shuffled, and a part of them.
    case 'shuffle': {
      const both = add({ kind: 'concat', axis: 1 }, from, other);
      if (!both) return;
      const channels = shapes[both]![1];
      const mixed = add({ kind: 'channel_shuffle', groups: channels % 3 ? (channels % 2 ? 1 : 2) : 3 }, both);
      const count = [n, Math.ceil(channels / 2), h, w] as const;
      if (mixed) add({ kind: 'slice', start: [0, 0, 0, 0], count, step: [1, 1, 1, 1] }, mixed);
      return;
    }
    case 'activation':
      add({ kind: 'activation', function: isMonotone ? 'relu' : 'sigmoid' }, from);
      return;
    case 'pixels':
      add({ kind: 'depth_to_space', block: 2, mode: choice % 2 ? 'CRD' : 'DCR' }, from);
      return;
    case 'channels':
      add({ kind: 'space_to_depth', block: 2, mode: choice % 2 ? 'CRD' : 'DCR' }, from);
      return;
    case 'resize': {
      const mode = (['nearest', 'linear', isMonotone ? 'linear' : 'cubic'] as const)[choice % 3]!;
      const coordinateTransformationMode = choice % 2 ? 'half_pixel' : 'align_corners';
      add(
        createResize({ mode, size: [h + kernelSize[0] - 2, 2 * w - kernelSize[1]], coordinateTransformationMode }),
        from,
      );
      return;
    }
    case 'adaptive':
      add({ kind: 'adaptive_pool2d', function: isMonotone ? 'max' : 'average', outputSize: kernelSize }, from);
      return;
    case 'excite': {
      const gate = add({ kind: 'adaptive_pool2d', function: 'average', outputSize: [1, 1] }, from);
      if (gate) add({ kind: 'arithmetic', function: isMonotone ? 'add' : 'multiply' }, from, gate);
      return;
    }
    case 'turn':
      add({ kind: 'permute', dims: turns[choice % 3]! }, from);
      return;
    // A norm of equal values is constant, hence the layer with filters of its own in front. Its outputs add up to a constant, along which
    // nothing would pass to a mean, hence the bend behind.
    case 'norm':
    case 'local': {
      if (isMonotone) return;
      const numChannels = 4;
      const varied = add(
        createConv2d({ inChannels: c, outChannels: numChannels, kernelSize: [1, 1], bias: false }),
        from,
      );
      const numGroups = (choice % 2) + 1;
      const norm = (id: string) =>
        wish.kind === 'norm'
          ? add({ kind: 'group_norm', numGroups, numChannels, eps: 0.1 }, id)
          : add({ kind: 'layer_norm2d', numChannels, eps: 0.1 }, id);
      const normed = varied && norm(varied);
      if (normed) add({ kind: 'activation', function: 'sigmoid' }, normed);
      return;
    }
    case 'reduce': {
      const axes = ([[2], [3], [2, 3], [1]] as const)[choice % 4]!;
      add({ kind: 'reduce', function: isMonotone ? 'max' : 'mean', axes }, from);
      return;
    }
    case 'flatten':
      add({ kind: 'reshape', shape: choice % 2 ? [n, c * h, w, 1] : [n, w, h, c] }, from);
      return;
    default:
      wish.kind satisfies never;
  }
}

function drawn(nodes: readonly GraphNode[], isMonotone: boolean, seed: number): GraphParameters {
  let step = seed;
  const value = () => {
    step++;
    const unit = Math.abs(Math.sin(12.9898 * step) * 43758.5453) % 1;
    return isMonotone || step % 2 ? 0.25 + unit : -0.25 - unit;
  };
  return Object.fromEntries(
    nodes.flatMap(({ id, operator }) => {
      const [weight, bias] = rulesOf(operator).parameters(operator);
      if (!weight) return [];
      const filled = ({ shape }: { readonly shape: readonly number[] }) =>
        Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, value);
      return [[id, { weight: filled(weight), bias: bias ? filled(bias) : null }]];
    }),
  );
}
