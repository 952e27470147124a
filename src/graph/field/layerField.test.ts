import { describe, expect, it } from 'vitest';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { type ArchitectureName, architecture } from '../architectures/index.ts';
import type { Graph, NodeId } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { fieldGrowth, nestedFields } from './growth.ts';
import { exceedsInput, layerField } from './layerField.ts';

const photo: Shape = [1, 3, 224, 224];

function networkOf(name: ArchitectureName) {
  return withShapes(architecture(name, photo), photo);
}

function withShapes(graph: Graph, input: Shape) {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value };
}

function dilatedStack(...dilations: readonly number[]) {
  const net = new NetworkBuilder([1, 1, 31, 31]);
  const last = dilations.reduce<NodeId>(
    (from, dilation, i) => net.conv(`c${i}`, from, 1, { kernel: 3, dilation, padding: dilation }),
    'input',
  );
  return { ...withShapes(net.graph, [1, 1, 31, 31]), last };
}

describe("a layer's field", () => {
  it('of ResNet-50 is 427 at jump 32 around pixel 0, and pads the photo by 213 above and 182 below', () => {
    const { graph, shapes } = networkOf('resnet50');
    expect(layerField(graph, shapes, 'layer4.2.relu3')).toMatchObject({
      size: [427, 427],
      jump: [32, 32],
      start: [-213, -213],
      centre: [0, 0],
      padding: { top: 213, left: 213, bottom: 182, right: 182 },
      misalignments: [],
      phases: { h: [], w: [] },
      wholeImage: [],
    });
  });

  it('leaves rows unread where the stride steps over the last one: padding -1', () => {
    const net = new NetworkBuilder([1, 1, 8, 8]);
    net.conv('skip', 'input', 1, { kernel: 1, stride: 2 });
    const { graph, shapes } = withShapes(net.graph, [1, 1, 8, 8]);
    expect(layerField(graph, shapes, 'skip')?.padding).toEqual({ top: 0, left: 0, bottom: -1, right: -1 });
  });

  it('of dilations 2, 2, 2 has 120 of 169 pixels that are never read, of 1, 2, 5 none', () => {
    const gridded = dilatedStack(2, 2, 2);
    expect(layerField(gridded.graph, gridded.shapes, gridded.last)?.central).toMatchObject({ pixels: 49, unread: 120 });
    const hybrid = dilatedStack(1, 2, 5);
    expect(layerField(hybrid.graph, hybrid.shapes, hybrid.last)?.central).toMatchObject({ pixels: 289, unread: 0 });
  });

  it('behind a transposed 3 x 3 with stride 2 is one row for even units and two for odd ones', () => {
    const net = new NetworkBuilder([1, 1, 9, 9]);
    const padding = { top: 1, bottom: 1, left: 1, right: 1 };
    const up = { kernelSize: [3, 3], stride: [2, 2], dilation: [1, 1], padding, outputPadding: [1, 1] } as const;
    net.add('up', { kind: 'conv_transpose2d', inChannels: 1, outChannels: 1, groups: 1, bias: false, ...up }, 'input');
    net.conv('over', 'up', 1, { kernel: 3, padding: 1 });
    const { graph, shapes } = withShapes(net.graph, [1, 1, 9, 9]);
    expect(layerField(graph, shapes, 'up')).toMatchObject({ size: [2, 2], jump: [0.5, 0.5] });
    expect(layerField(graph, shapes, 'up')?.phases.h).toEqual([
      { size: 1, read: 1, phases: [0] },
      { size: 2, read: 2, phases: [1] },
    ]);
    // An even unit of the 3 x 3 has an odd one on each side, an odd unit two even ones around it: 3 and 2 rows.
    expect(layerField(graph, shapes, 'over')?.phases.h).toEqual([
      { size: 3, read: 3, phases: [0] },
      { size: 2, read: 2, phases: [1] },
    ]);
  });

  it('says where branches stand apart, and that global pooling sees the whole image', () => {
    const { graph, shapes } = networkOf('resnet18');
    expect(layerField(graph, shapes, 'fc')).toMatchObject({ wholeImage: ['avgpool'], misalignments: [] });
  });

  it('is none where the picture is not read', () => {
    const net = new NetworkBuilder([1, 1, 9, 9]);
    net.conv('c', 'input', 1);
    const other = { id: 'other', operator: { kind: 'input', channels: 1 }, inputs: [] } as const;
    const graph: Graph = { nodes: [...net.graph.nodes, other] };
    const shapes = inferShapes(graph, { input: [1, 1, 9, 9], other: [1, 1, 9, 9] });
    expect(shapes.ok && layerField(graph, shapes.value, 'other')).toBeNull();
  });
});

describe('a layer sees nothing new', () => {
  it('where what it reads had the whole photo in its field already', () => {
    const { graph, shapes } = networkOf('resnet50');
    const seen = graph.nodes.filter(({ id }) => exceedsInput(graph, shapes, id).h).map(({ id }) => id);
    // The central unit of layer3 stands in row 112 and needs a field of 225: layer3.3 has 203, layer3.4's 3 x 3 has 235.
    expect(seen[0]).toBe('layer3.4.bn2');
    expect(exceedsInput(graph, shapes, 'layer3.4.conv2').h).toBe(false);
  });

  it('never in the convolutions of VGG-16 at 224, whose last field is 212', () => {
    const { graph, shapes } = networkOf('vgg16');
    const seen = graph.nodes.filter(({ id }) => exceedsInput(graph, shapes, id).h).map(({ id }) => id);
    expect(seen[0]).toMatch(/^classifier/);
  });
});

describe('on the way to a layer', () => {
  it('fields grow at each layer with a window, and not in between', () => {
    const { graph, shapes } = networkOf('vgg11');
    const growth = fieldGrowth(graph, shapes, 'features.6');
    expect(growth.map(({ size, grew }) => [size[0], grew[0]])).toEqual([
      [3, true],
      [3, false],
      [4, true],
      [8, true],
      [8, false],
      [10, true],
      [18, true],
    ]);
    expect(growth.at(-1)?.jump).toEqual([4, 4]);
  });

  it('boxes of the units at one place lie in each other', () => {
    const { graph, shapes } = networkOf('vgg16');
    const nested = nestedFields(graph, shapes, 'features.30', { y: 3, x: 3 });
    expect(nested[0]).toEqual({
      id: 'features.0',
      unit: { y: 112, x: 112 },
      hull: { h: { lo: 111, hi: 113 }, w: { lo: 111, hi: 113 } },
      box: { h: { lo: 111, hi: 113 }, w: { lo: 111, hi: 113 } },
    });
    expect(nested.at(-1)?.hull.h).toEqual({ lo: 6, hi: 217 });
    for (const [i, { hull }] of nested.slice(1).entries()) {
      expect(hull.h.lo).toBeLessThanOrEqual(nested[i]!.hull.h.lo);
      expect(hull.h.hi).toBeGreaterThanOrEqual(nested[i]!.hull.h.hi);
    }
  });
});
