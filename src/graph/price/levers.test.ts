import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { type ArchitectureName, architecture, architectureNames } from '../architectures/index.ts';
import { mobilenetV2 } from '../architectures/mobilenet.ts';
import type { Graph } from '../graph.ts';
import { isDepthwise } from '../growth/varyOperator.ts';
import { inferShapes } from '../infer.ts';
import { firstFitting, type Levers, leverCurve, leverRows, neutralLevers, totalsOf, withLevers } from './levers.ts';
import type { Network } from './refit.ts';
import { subsamplingSteps } from './subsampling.ts';

function networkOf(graph: Graph, input: Shape): Network {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value };
}

function named(name: ArchitectureName, size = 224): Network {
  const input: Shape = [1, 3, size, size];
  return networkOf(architecture(name, input), input);
}

function set(network: Network, levers: Partial<Levers>): Network {
  const changed = withLevers(network, { ...neutralLevers, ...levers });
  if (!changed.ok) throw new Error(changed.error.message);
  return changed.value;
}

const millions = (count: number) => count / 1e6;
const last = ({ graph, shapes }: Network) => shapes[graph.nodes.at(-1)!.id];

describe('the width multiplier', () => {
  /** Howard et al. 2017, table 6: 10^6 parameters and multiply-adds at 224 x 224. */
  const mobilenetV1 = [
    [1, 4.2, 569],
    [0.75, 2.6, 325],
    [0.5, 1.3, 149],
    [0.25, 0.5, 41],
  ] as const;
  for (const [width, parameters, macs] of mobilenetV1) {
    it(`of ${width} makes MobileNet V1 what the paper says: ${parameters} M parameters, ${macs} M operations`, () => {
      const totals = totalsOf(set(named('mobilenet_v1'), { width }));
      expect(millions(totals.parameters)).toBeCloseTo(parameters, 1);
      expect(Math.abs(millions(totals.macs) - macs)).toBeLessThan(1);
    });
  }

  it('of 1.4 makes MobileNet V2 what TensorFlow publishes: 6.06 M parameters, 582 M operations', () => {
    const totals = totalsOf(set(named('mobilenet_v2'), { width: 1.4 }));
    expect(millions(totals.parameters)).toBeCloseTo(6.1, 1);
    expect(Math.abs(millions(totals.macs) - 582)).toBeLessThan(1);
  });

  /** Sandler et al. 2018 and TensorFlow's table of MobileNet V2: 10^6 parameters and multiply-adds at 224 x 224. */
  for (const [width, parameters, macs] of [
    [0.75, 2.61, 209],
    [0.5, 1.95, 97],
    [0.35, 1.66, 59],
  ] as const) {
    it(`of ${width} leaves MobileNet V2 its last 1280 channels: ${parameters} M parameters, ${macs} M operations`, () => {
      const changed = set(named('mobilenet_v2'), { width });
      const totals = totalsOf(changed);
      expect(Math.abs(millions(totals.parameters) - parameters)).toBeLessThan(0.03);
      expect(Math.abs(millions(totals.macs) - macs)).toBeLessThan(1);
      // And what the network's own rule of its paper writes for that width.
      const net = new NetworkBuilder([1, 3, 224, 224]);
      mobilenetV2(net, 1000, width);
      expect(totals.parameters).toBe(totalsOf(networkOf(net.graph, [1, 3, 224, 224])).parameters);
    });
  }

  it('of 1 changes nothing', () => {
    for (const name of architectureNames) {
      const network = named(name, 131);
      expect(set(network, {})).toEqual(network);
    }
  });

  it('of any size keeps every architecture a network: picture, classes, depthwise layers and joins stay', () => {
    fc.assert(
      fc.property(fc.constantFrom(...architectureNames), fc.integer({ min: 2, max: 30 }), (name, twentieths) => {
        const network = named(name, 128);
        const changed = set(network, { width: twentieths / 20 });
        expect(last(changed)).toEqual(last(network));
        expect(changed.graph.nodes.map(({ id }) => id)).toEqual(network.graph.nodes.map(({ id }) => id));
        for (const [i, { operator }] of network.graph.nodes.entries()) {
          const now = changed.graph.nodes[i]!.operator;
          expect(now.kind).toBe(operator.kind);
          if (isDepthwise(operator)) expect(isDepthwise(now)).toBe(true);
        }
        const [before, after] = [totalsOf(network).parameters, totalsOf(changed).parameters];
        if (twentieths < 20) expect(after).toBeLessThan(before);
        if (twentieths > 21) expect(after).toBeGreaterThan(before);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves a network that ends in maps its last channels, and takes fewer groups where the number no longer divides', () => {
    const net = new NetworkBuilder([1, 3, 16, 16]);
    const at = net.conv('grouped', net.conv('first', 'input', 20), 20, { kernel: 3, padding: 1, groups: 10 });
    net.conv('last', at, 5);
    const changed = set(networkOf(net.graph, [1, 3, 16, 16]), { width: 0.5 });
    expect(changed.graph.nodes[2]!.operator).toMatchObject({ inChannels: 16, outChannels: 16, groups: 8 });
    expect(last(changed)).toEqual([1, 5, 16, 16]);
  });

  it('gives a shuffle into pixels channels that it can divide', () => {
    const net = new NetworkBuilder([1, 3, 16, 16]);
    const at = net.conv('conv', 'input', 27);
    net.conv('last', net.add('shuffle', { kind: 'depth_to_space', block: 3, mode: 'CRD' }, at), 1);
    expect(set(networkOf(net.graph, [1, 3, 16, 16]), { width: 0.5 }).shapes.shuffle).toEqual([1, 2, 48, 48]);
  });
});

describe('the size of the picture', () => {
  /** The same, table 7: multiply-adds of MobileNet V1 at smaller sizes. */
  for (const [side, macs] of [
    [192, 418],
    [160, 290],
    [128, 186],
  ] as const) {
    it(`of ${side} makes MobileNet V1 cost ${macs} M operations with the same parameters`, () => {
      const network = named('mobilenet_v1');
      const totals = totalsOf(set(network, { size: side }));
      expect(Math.abs(millions(totals.macs) - macs)).toBeLessThan(1);
      expect(totals.parameters).toBe(totalsOf(network).parameters);
    });
  }

  it('counts the features of a fully connected layer behind a flattening anew', () => {
    const net = new NetworkBuilder([1, 3, 12, 16]);
    net.linear('fc', net.flatten('flat', net.conv('conv', 'input', 4)), 10);
    const changed = set(networkOf(net.graph, [1, 3, 12, 16]), { size: 8 });
    expect(changed.graph.nodes.at(-1)!.operator).toMatchObject({ inFeatures: 4 * 48, outFeatures: 10 });
  });

  it('keeps the ratio of the photo that the network’s picture is a smaller version of', () => {
    const net = new NetworkBuilder([1, 3, 2, 5]);
    net.conv('conv', 'input', 4);
    const network = networkOf(net.graph, [1, 3, 2, 5]);
    const levers = { ...neutralLevers, size: 250 };
    const heightOf = (result: ReturnType<typeof withLevers>) => result.ok && result.value.shapes.input![2];
    // 2 of 5 rows are 224 of 500, rounded.
    expect(heightOf(withLevers(network, levers, [224, 500]))).toBe(112);
    expect(heightOf(withLevers(network, levers))).toBe(100);
  });

  it('of any other leaves U-Net whole: its maps meet again, as they do in one that is built for that size', () => {
    for (const built of [224, 210, 195])
      for (const size of [193, 200, 207, 210, 216, 223, 224]) {
        const { graph, shapes } = set(named('unet', built), { size });
        const own = named('unet', size).shapes;
        expect(shapes[graph.nodes.at(-1)!.id]).toEqual([1, 1, size, size]);
        // Those of one have pads, or `output_padding` in their place.
        for (const { id, operator } of graph.nodes)
          if (own[id] && operator.kind !== 'conv_transpose2d') expect(shapes[id], id).toEqual(own[id]);
      }
  });

  it('gives a resize the size of the maps beside it, and refuses a join that has nothing to give in', () => {
    const sample = (kernel: number) => {
      const net = new NetworkBuilder([1, 3, 8, 8]);
      const pooled = net.maxPool('pool', net.conv('conv', 'input', 4, { kernel: 3, padding: 1 }), {
        kernel: 2,
        stride: 2,
      });
      if (kernel === 0) {
        const half = {
          size: null,
          scaleFactor: [2, 2],
          nearestMode: 'floor',
          cubicCoeffA: -0.75,
          excludeOutside: false,
        } as const;
        net.add('up', { kind: 'resize', mode: 'nearest', coordinateTransformationMode: 'asymmetric', ...half }, pooled);
        net.concat('join', 'conv', 'up');
      } else {
        const strided = net.conv('strided', 'conv', 4, { kernel, stride: 2, padding: (kernel - 1) / 2 });
        net.concat('join', pooled, strided);
      }
      return networkOf(net.graph, [1, 3, 8, 8]);
    };
    const { graph, shapes } = set(sample(0), { size: 7 });
    expect(shapes.join).toEqual([1, 8, 7, 7]);
    expect(graph.nodes.find(({ id }) => id === 'up')).toMatchObject({ operator: { size: [7, 7] } });
    // Pooling rounds down, a padded layer up: 3 and 4 of 7.
    const refused = withLevers(sample(3), { ...neutralLevers, size: 7 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'concat-sizes', node: 'join' } });
  });

  it('that a layer has no output for is refused in PyTorch’s words, at the layer', () => {
    const refused = withLevers(named('alexnet'), { ...neutralLevers, size: 24 });
    expect(refused).toMatchObject({ ok: false, error: { node: 'features.5' } });
  });
});

describe('groups', () => {
  it('divide the operations of all larger convolutions whose channels they divide', () => {
    const net = new NetworkBuilder([1, 3, 16, 16]);
    const first = net.conv('first', 'input', 16, { kernel: 3, padding: 1, bias: false });
    const second = net.conv('second', first, 16, { kernel: 3, padding: 1, bias: false });
    net.conv('pointwise', second, 16, { bias: false });
    const rows = leverRows(
      networkOf(net.graph, [1, 3, 16, 16]),
      set(networkOf(net.graph, [1, 3, 16, 16]), { groups: 4 }),
    );
    // The picture's three channels have no four groups, nor do three go into sixteen.
    expect(rows.map(({ before, after }) => before.macs / after!.macs)).toEqual([1, 4, 1]);
  });
});

describe('sub-sampling elsewhere', () => {
  const vgg = named('vgg16');

  it('knows the steps of a network: VGG has five poolings, ResNet a step for both branches of a block', () => {
    expect(subsamplingSteps(vgg).map(({ size: [side] }) => side)).toEqual([224, 112, 56, 28, 14]);
    expect(subsamplingSteps(named('resnet18'))[2]!.nodes).toEqual(['layer2.0.conv1', 'layer2.0.downsample.0']);
  });

  it('earlier makes the layers between cheaper, later dearer; shapes behind both places and parameters stay', () => {
    const earlier = set(vgg, { subsampling: { from: 1, to: 0 } });
    const later = set(vgg, { subsampling: { from: 0, to: 1 } });
    const macs = totalsOf(vgg).macs;
    expect(totalsOf(earlier).macs).toBeLessThan(macs);
    expect(totalsOf(later).macs).toBeGreaterThan(macs);
    for (const changed of [earlier, later]) {
      expect(last(changed)).toEqual(last(vgg));
      expect(totalsOf(changed).parameters).toBe(totalsOf(vgg).parameters);
    }
    const [, between] = subsamplingSteps(vgg);
    expect(leverRows(vgg, later).find(({ name }) => name === between!.nodes[0])?.after?.output).toEqual([128, 56, 56]);
    expect(leverRows(vgg, later).filter(({ after }) => after === null)).toHaveLength(1);
  });

  it('left out makes all later maps larger', () => {
    const changed = set(named('resnet18'), { subsampling: { from: 1, to: null } });
    expect(changed.shapes['layer4.1.relu2']).toEqual([1, 512, 14, 14]);
    expect(last(changed)).toEqual([1, 1000, 1, 1]);
  });

  it('of a convolution keeps its kernel: a 7 x 7 layer without its stride still keeps the size', () => {
    const changed = set(named('resnet18'), { subsampling: { from: 0, to: 1 } });
    expect(changed.shapes.conv1).toEqual([1, 64, 224, 224]);
    expect(changed.shapes.maxpool).toEqual([1, 64, 56, 56]);
  });
});

describe('a budget', () => {
  it('says the first setting that fits: MobileNet V1 fits 300 M operations at a width of 0.7 and at 160 pixels', () => {
    const network = named('mobilenet_v1');
    const budget = { measure: 'macs', limit: 300e6 } as const;
    const fitting = (lever: 'width' | 'size') => firstFitting(leverCurve(network, neutralLevers, lever), budget);
    expect(fitting('width')).toMatchObject({ value: 0.7, levers: { width: 0.7 } });
    expect(fitting('size')).toMatchObject({ value: 154 });
    expect(fitting('width')!.totals.macs).toBeLessThanOrEqual(300e6);
    expect(firstFitting(leverCurve(network, neutralLevers, 'groups'), budget)).toBeNull();
  });

  it('looks at one lever with the others as they are set', () => {
    const network = named('mobilenet_v1');
    const curve = leverCurve(network, { ...neutralLevers, width: 0.5 }, 'size');
    expect(curve[0]).toMatchObject({ value: 224, totals: totalsOf(set(network, { width: 0.5 })) });
    expect(curve.every((point, i) => i === 0 || point.totals.macs < curve[i - 1]!.totals.macs)).toBe(true);
  });
});

it('a network that is written for one size is refused where another is wanted', () => {
  const net = new NetworkBuilder([1, 3, 8, 8]);
  net.add('maps', { kind: 'reshape', shape: [1, 12, 4, 4] }, 'input');
  net.add('conv', createConv2d({ inChannels: 12, outChannels: 2, kernelSize: [1, 1] }), 'maps');
  const refused = withLevers(networkOf(net.graph, [1, 3, 8, 8]), { ...neutralLevers, size: 4 });
  expect(refused).toMatchObject({ ok: false, error: { code: 'fixed-size', node: 'maps' } });
});
