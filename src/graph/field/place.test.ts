import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { architecture } from '../architectures/index.ts';
import type { Graph } from '../graph.ts';
import { inferShapes, type Shapes } from '../infer.ts';
import { misalignmentsOf } from './alignment.ts';
import { mainPath, placementOf, placeOf, stepLayer, unitsAlong } from './mainPath.ts';
import { fieldsOf } from './receptiveField.ts';

const photo: Shape = [1, 3, 224, 224];

function shapesOf(graph: Graph, input: Shape = photo): Shapes {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value;
}

const layers = fc.array(
  fc.record({
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    padding: fc.nat(3),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the place of a unit', () => {
  it('is the middle of its field, through any chain of convolutions', () => {
    fc.assert(
      fc.property(layers, fc.nat(20), (list, index) => {
        const net = new NetworkBuilder([1, 1, 400, 400]);
        const last = list.reduce((from, layer, i) => net.conv(`c${i}`, from, 1, layer), 'input');
        const shapes = shapesOf(net.graph, [1, 1, 400, 400]);
        const unit = { y: Math.min(index, shapes[last]![2] - 1), x: 0 };
        const at = { h: { lo: unit.y, hi: unit.y }, w: { lo: 0, hi: 0 } };
        const { h } = fieldsOf(net.graph, shapes, last, at).input!;
        expect(placeOf(placementOf(net.graph, shapes, last), unit).y).toBe((h.lo + h.hi) / 2);
      }),
    );
  });

  it('behind a transposed 2 x 2 with stride 2 is what pooling 2 x 2 took away', () => {
    const net = new NetworkBuilder([1, 1, 16, 16]);
    net.maxPool('down', 'input', { kernel: 2, stride: 2 });
    const padding = { top: 0, bottom: 0, left: 0, right: 0 };
    const up = { kernelSize: [2, 2], stride: [2, 2], dilation: [1, 1], padding, outputPadding: [0, 0] } as const;
    net.add('up', { kind: 'conv_transpose2d', inChannels: 1, outChannels: 1, groups: 1, bias: false, ...up }, 'down');
    const shapes = shapesOf(net.graph, [1, 1, 16, 16]);
    expect(placementOf(net.graph, shapes, 'down')).toEqual({ jump: [2, 2], centre: [0.5, 0.5] });
    expect(placementOf(net.graph, shapes, 'up')).toEqual({ jump: [1, 1], centre: [0, 0] });
  });

  it('of a single unit for the whole map is its middle', () => {
    const graph = architecture('resnet18', photo);
    // The last maps stand in rows 0, 32, ..., 192.
    expect(placementOf(graph, shapesOf(graph), 'fc').centre).toEqual([96, 96]);
  });
});

describe('the paths of a network', () => {
  for (const name of [
    'resnet50',
    'googlenet',
    'densenet121',
    'efficientnet_b0',
    'unet',
    'shufflenet_v2_x1_0',
  ] as const) {
    it(`are aligned in ${name}`, () => {
      const graph = architecture(name, photo);
      expect(misalignmentsOf(graph, shapesOf(graph), graph.nodes.at(-1)!.id, 'input')).toEqual([]);
    });
  }

  it('are not where one branch pads and the other, of the same size, does not: the join says by how much', () => {
    const net = new NetworkBuilder([1, 1, 16, 16]);
    net.conv('padded', 'input', 1, { kernel: 3, stride: 2, padding: 1 });
    net.conv('bare', 'input', 1, { kernel: 2, stride: 2 });
    net.arithmetic('sum', 'add', 'padded', 'bare');
    net.activation('relu', 'sum');
    const shapes = shapesOf(net.graph, [1, 1, 16, 16]);
    expect(misalignmentsOf(net.graph, shapes, 'relu', 'input')).toEqual([
      {
        join: 'sum',
        paths: [
          { input: 'padded', placements: [{ jump: [2, 2], centre: [0, 0] }] },
          { input: 'bare', placements: [{ jump: [2, 2], centre: [0.5, 0.5] }] },
        ],
      },
    ]);
  });
});

describe('the main path', () => {
  it('goes through the layers of a residual block, not around them', () => {
    const graph = architecture('resnet18', photo);
    const path = mainPath(graph, shapesOf(graph), 'layer2.0.relu2').map(({ id }) => id);
    expect(path[0]).toBe('input');
    expect(path).toEqual(expect.arrayContaining(['layer1.0.conv1', 'layer2.0.conv2']));
    expect(path).not.toContain('layer2.0.downsample.0');
  });

  it('passes a squeeze-excite by the maps that it scales', () => {
    const graph = architecture('efficientnet_b0', photo);
    const path = mainPath(graph, shapesOf(graph), graph.nodes.at(-1)!.id);
    expect(path.filter(({ operator }) => operator.kind === 'adaptive_pool2d')).toHaveLength(1);
  });
});

describe('walking from layer to layer', () => {
  it('stays at the same place of the photo, and comes back to where it began', () => {
    const graph = architecture('vgg16', photo);
    const shapes = shapesOf(graph);
    const start = { y: 101, x: 37 };
    const place = placeOf(placementOf(graph, shapes, 'features.0'), start);
    const path = mainPath(graph, shapes, 'features.30');
    let at = { id: 'features.0', unit: start };
    while (at.id !== 'features.30') at = stepLayer(graph, shapes, at.id, place, 1)!;
    // Units of pool5 stand in rows 15.5 + 32 y: 101 is nearest to 111.5, 37 to 47.5.
    expect(at.unit).toEqual({ y: 3, x: 1 });
    for (let steps = path.length - 2; steps > 0; steps--) at = stepLayer(graph, shapes, at.id, place, -1)!;
    expect(at).toEqual({ id: 'features.0', unit: start });
    expect(stepLayer(graph, shapes, 'input', place, -1)).toBeNull();
    expect(stepLayer(graph, shapes, graph.nodes.at(-1)!.id, place, 1)).toBeNull();
  });

  it('leaves a branch beside the main path to what reads it', () => {
    const graph = architecture('resnet18', photo);
    const next = stepLayer(graph, shapesOf(graph), 'layer2.0.downsample.0', { y: 5, x: 5 }, 1);
    expect(next?.id).toBe('layer2.0.downsample.1');
  });

  it('has for each layer the unit at the place of the last one', () => {
    const graph = architecture('vgg11', photo);
    const units = unitsAlong(graph, shapesOf(graph), 'features.20', { y: 3, x: 4 });
    expect(units[0]).toEqual({ id: 'input', unit: { y: 112, x: 144 } });
    expect(units.at(-1)).toEqual({ id: 'features.20', unit: { y: 3, x: 4 } });
  });
});
