import { describe, expect, it } from 'vitest';
import '../../operators/late.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { PerSide, Shape } from '../../operators/operator.ts';
import { createPool2d } from '../../operators/pool2d/index.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { type ArchitectureName, architecture } from '../architectures/index.ts';
import type { Graph, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { fieldOnPicture } from './fieldOnPicture.ts';

const picture: Shape = [1, 3, 224, 224];

function fieldOf(graph: Graph, id: NodeId) {
  const shapes = inferShapes(graph, { input: picture });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return fieldOnPicture(graph, shapes.value, id, 'input');
}

const square = ([size, jump, padding]: readonly [number, number, number]) => ({
  size: [size, size],
  jump: [jump, jump],
  start: [-padding, -padding],
});

const evenly = (padding: number): PerSide => ({ top: padding, bottom: padding, left: padding, right: padding });

/** TensorFlow's SAME where the size is a multiple of the stride. */
function same(kernel: number, stride: number): PerSide {
  const before = Math.floor((kernel - stride) / 2);
  const after = kernel - stride - before;
  return kernel > stride ? { top: before, bottom: after, left: before, right: after } : evenly(0);
}

/** The networks of TF-Slim, which Araujo et al. measured; they differ from torchvision's in where they pad and sub-sample. */
class SlimBuilder {
  readonly net = new NetworkBuilder(picture);
  #count = 0;
  last: NodeId = 'input';

  conv(kernel: number, stride: number, padding: PerSide, from = this.last): NodeId {
    const conv = createConv2d({
      inChannels: this.net.channels(from),
      outChannels: 4,
      kernelSize: [kernel, kernel],
      stride: [stride, stride],
      padding,
    });
    this.last = this.net.add(`conv${this.#count++}`, conv, from);
    return this.last;
  }

  pool(kernel: number, stride: number, padding: PerSide, from = this.last): NodeId {
    const pool = createPool2d({ function: 'max', kernelSize: [kernel, kernel], stride: [stride, stride], padding });
    this.last = this.net.add(`pool${this.#count++}`, pool, from);
    return this.last;
  }

  /** conv2d_same, 1x1 around it; the way past it is sub-sampled by a pooling of one pixel. */
  bottleneck(stride: number): void {
    const from = this.last;
    this.conv(1, 1, evenly(0));
    this.conv(3, stride, evenly(1));
    const deep = this.conv(1, 1, evenly(0));
    const past = stride === 1 ? this.conv(1, 1, evenly(0), from) : this.conv(1, stride, evenly(0), from);
    this.last = this.net.arithmetic(`add${this.#count++}`, 'add', deep, past);
  }
}

/** Size, stride and padding of the last maps in the table of Araujo et al. 2019. */
const published: Readonly<
  Record<string, { readonly build: (slim: SlimBuilder) => void; readonly field: readonly [number, number, number] }>
> = {
  'VGG-16, pool5': {
    field: [212, 32, 90],
    build: (slim) => {
      for (const convolutions of [2, 2, 3, 3, 3]) {
        for (let i = 0; i < convolutions; i++) slim.conv(3, 1, evenly(1));
        slim.pool(2, 2, evenly(0));
      }
    },
  },
  'AlexNet v2, pool5': {
    field: [195, 32, 64],
    build: (slim) => {
      slim.conv(11, 4, evenly(0));
      slim.pool(3, 2, evenly(0));
      slim.conv(5, 1, evenly(2));
      slim.pool(3, 2, evenly(0));
      for (let i = 0; i < 3; i++) slim.conv(3, 1, evenly(1));
      slim.pool(3, 2, evenly(0));
    },
  },
  'MobileNet V1': {
    field: [315, 32, 126],
    build: (slim) => {
      for (const stride of [2, 1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1]) slim.conv(3, stride, same(3, stride));
    },
  },
  'ResNet-50 v1': {
    field: [483, 32, 239],
    build: (slim) => {
      slim.conv(7, 2, evenly(3));
      slim.pool(3, 2, same(3, 2));
      for (const [units, stride] of [
        [3, 2],
        [4, 2],
        [6, 2],
        [3, 1],
      ] as const) {
        for (let i = 1; i <= units; i++) slim.bottleneck(i === units ? stride : 1);
      }
    },
  },
};

describe('the field of a unit on the picture', () => {
  for (const [name, { build, field }] of Object.entries(published)) {
    it(`is ${field.join('/')} in TF-Slim's ${name}, as published`, () => {
      const slim = new SlimBuilder();
      build(slim);
      expect(fieldOf(slim.net.graph, slim.last)).toEqual(square(field));
    });
  }

  for (const [name, id, field] of [
    ['vgg16', 'features.30', [212, 32, 90]],
    ['resnet50', 'layer4.2.relu3', [427, 32, 213]],
    ['resnet18', 'layer4.1.relu2', [435, 32, 217]],
    ['alexnet', 'features.12', [195, 32, 66]],
  ] as const satisfies readonly (readonly [ArchitectureName, NodeId, readonly [number, number, number]])[]) {
    it(`is ${field[0]} in torchvision's ${name}`, () => {
      expect(fieldOf(architecture(name, picture), id)).toEqual(square(field));
    });
  }

  it('is that of the unit that sees most where a transposed layer gives its phases different fields', () => {
    const net = new NetworkBuilder(picture);
    net.conv('down', 'input', 4, { kernel: 3, stride: 2, padding: 1 });
    const up = { kernelSize: [3, 3], stride: [2, 2], padding: evenly(1), outputPadding: [1, 1] } as const;
    net.add(
      'up',
      { kind: 'conv_transpose2d', inChannels: 4, outChannels: 4, ...up, groups: 1, bias: true, dilation: [1, 1] },
      'down',
    );
    // Even outputs read one row of `down`, odd ones two, 2 rows of the picture apart.
    expect(fieldOf(net.graph, 'up')).toEqual({ size: [5, 5], jump: [1, 1], start: [-1, -1] });
  });
});
