import { describe, expect, it } from 'vitest';
import type { Conv2d } from '../../operators/conv2d/attributes.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { architecture } from '../architectures/index.ts';
import type { Graph, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { type Unit, unitField } from './unitField.ts';

const photo: Shape = [1, 3, 224, 224];
const small: Shape = [1, 1, 31, 31];

function fieldOf(graph: Graph, id: NodeId, unit: Unit, input: Shape = photo) {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return unitField(graph, shapes.value, id, unit);
}

const one = (attributes: Partial<Conv2d> & Pick<Conv2d, 'kernelSize'>): Conv2d =>
  createConv2d({ inChannels: 1, outChannels: 1, ...attributes });

const dilated = (dilation: number) => one({ kernelSize: [3, 3], dilation: [dilation, dilation], padding: 'same' });

function chain(input: Shape, ...layers: readonly Conv2d[]): NetworkBuilder {
  const net = new NetworkBuilder(input);
  layers.forEach((layer, i) => {
    net.add(`c${i + 1}`, layer, i === 0 ? 'input' : `c${i}`);
  });
  return net;
}

describe('what a unit reads of the picture', () => {
  it('through one 3 x 3 with dilation 2 is 9 pixels of a box of 25', () => {
    const { nodes } = fieldOf(chain(small, dilated(2)).graph, 'c1', { y: 15, x: 15 }, small);
    expect(nodes.input).toMatchObject({ hull: { h: { lo: 13, hi: 17 } }, pixels: 9, unread: 16, shareOutside: 0 });
  });

  it('through dilations 2, 2, 2 is 49 of 169 pixels, through 1, 2, 5 all 289', () => {
    const gridded = fieldOf(chain(small, dilated(2), dilated(2), dilated(2)).graph, 'c3', { y: 15, x: 15 }, small);
    expect(gridded.nodes.input).toMatchObject({ pixels: 49, unread: 120 });
    expect(gridded.nodes.c1).toMatchObject({ pixels: 25, unread: 56 });
    const whole = fieldOf(chain(small, dilated(1), dilated(2), dilated(5)).graph, 'c3', { y: 15, x: 15 }, small);
    expect(whole.nodes.input).toMatchObject({ pixels: 289, unread: 0 });
  });

  it('where branches meet is what either reads, 9 + 9 - 1 pixels, and not the 25 of their rows and columns crossed', () => {
    const net = chain(small, dilated(1));
    net.add('far', dilated(3), 'input');
    net.arithmetic('sum', 'add', 'c1', 'far');
    const { nodes } = fieldOf(net.graph, 'sum', { y: 15, x: 15 }, small);
    expect(nodes.input).toMatchObject({ hull: { h: { lo: 12, hi: 18 } }, pixels: 17, unread: 32 });
    expect(nodes.input?.read).toHaveLength(3);
  });

  it('through a reflected border is what the border copies, and nothing where zeros stand', () => {
    const corner = (paddingMode: Conv2d['paddingMode']) =>
      fieldOf(
        chain(small, one({ kernelSize: [5, 5], padding: 'same', paddingMode })).graph,
        'c1',
        { y: 0, x: 0 },
        small,
      ).nodes.input;
    expect(corner('zeros')).toMatchObject({
      hull: { h: { lo: -2, hi: 2 } },
      box: { h: { lo: 0, hi: 2 }, w: { lo: 0, hi: 2 } },
      outside: { top: 2, bottom: 0, left: 2, right: 0 },
      shareOutside: 1 - 9 / 25,
      pixels: 9,
    });
    expect(corner('reflect')?.pixels).toBe(9);
    // The three rows in front and the two last ones, each crossed with such columns.
    expect(corner('circular')).toMatchObject({ pixels: 25, unread: 0 });
  });

  it('behind a transposed 3 x 3 with stride 2 is one row for even outputs and two for odd ones', () => {
    const net = new NetworkBuilder([1, 1, 9, 9]);
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    const up = { kernelSize: [3, 3], stride: [2, 2], dilation: [1, 1], padding, outputPadding: [1, 1] } as const;
    net.add('up', { kind: 'conv_transpose2d', inChannels: 1, outChannels: 1, groups: 1, bias: false, ...up }, 'input');
    const pixels = (y: number, x: number) => fieldOf(net.graph, 'up', { y, x }, [1, 1, 9, 9]).nodes.input?.pixels;
    expect([pixels(8, 8), pixels(9, 8), pixels(8, 9), pixels(9, 9)]).toEqual([1, 2, 2, 4]);
  });

  it('is nothing where a dilated layer stands on the zeros between what a transposed one spreads', () => {
    const net = new NetworkBuilder([1, 1, 9, 9]);
    const apart = { kernelSize: [1, 1], stride: [2, 2], dilation: [1, 1], outputPadding: [0, 0] } as const;
    const padding = { top: 0, bottom: 0, left: 0, right: 0 };
    net.add(
      'up',
      { kind: 'conv_transpose2d', inChannels: 1, outChannels: 1, groups: 1, bias: false, padding, ...apart },
      'input',
    );
    net.add('over', dilated(2), 'up');
    const { nodes } = fieldOf(net.graph, 'over', { y: 7, x: 7 }, [1, 1, 9, 9]);
    expect(nodes.up).toMatchObject({ pixels: 9 });
    expect(nodes.input).toBeUndefined();
  });
});

describe('in the built-in architectures a unit', () => {
  it('of the last maps of ResNet-50 has a box of 427, of which 117 rows lie above the photo and 86 below', () => {
    const { nodes, wholeImage } = fieldOf(architecture('resnet50', photo), 'layer4.2.relu3', { y: 3, x: 3 });
    expect(nodes.input).toMatchObject({
      hull: { h: { lo: -117, hi: 309 }, w: { lo: -117, hi: 309 } },
      outside: { top: 117, bottom: 86, left: 117, right: 86 },
      pixels: 224 * 224,
      unread: 0,
    });
    expect(nodes.input?.shareOutside).toBeCloseTo(1 - (224 / 427) ** 2);
    expect(wholeImage).toEqual([]);
  });

  it('behind global pooling or the full layers of VGG sees the whole image, and the layer that is why is named', () => {
    expect(fieldOf(architecture('resnet18', photo), 'fc', { y: 0, x: 0 }).wholeImage).toEqual(['avgpool']);
    expect(fieldOf(architecture('resnet18', photo), 'layer4.1.relu2', { y: 0, x: 0 }).wholeImage).toEqual([]);
    const vgg = fieldOf(architecture('vgg11', photo), 'classifier.6', { y: 0, x: 0 });
    expect(vgg.wholeImage).toEqual(['flatten']);
    expect(vgg.nodes.input?.pixels).toBe(224 * 224);
  });

  it('behind a squeeze-excite sees the whole image', () => {
    const net = architecture('efficientnet_b0', photo);
    const gate = net.nodes.find(({ operator }) => operator.kind === 'adaptive_pool2d')!.id;
    const scaled = net.nodes.find(({ operator }) => operator.kind === 'arithmetic')!.id;
    const { nodes, wholeImage } = fieldOf(net, scaled, { y: 5, x: 5 });
    expect(wholeImage).toEqual([gate]);
    expect(nodes.input?.pixels).toBe(224 * 224);
  });

  it('of an Inception block sees what its branch sees: 27 x 27 behind the 1 x 1, 43 x 43 behind the 3 x 3', () => {
    const net = architecture('googlenet', photo);
    const pixels = (channel: number) =>
      fieldOf(net, 'inception3a.concat', { y: 14, x: 14, channel }).nodes.input?.pixels;
    expect([pixels(0), pixels(64)]).toEqual([27 ** 2, 43 ** 2]);
  });

  it('of a map in the middle of U-Net reads of both inputs of every join', () => {
    const net = architecture('unet', [1, 3, 96, 96]);
    const last = net.nodes.at(-1)!.id;
    const { nodes } = fieldOf(net, last, { y: 48, x: 48 }, [1, 3, 96, 96]);
    const joins = net.nodes.filter(({ operator }) => operator.kind === 'concat');
    expect(joins.length).toBe(4);
    for (const { inputs } of joins) for (const input of inputs) expect(nodes[input]?.pixels).toBeGreaterThan(0);
  });
});
