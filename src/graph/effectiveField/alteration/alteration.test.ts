import { describe, expect, it } from 'vitest';
import { createPool2d } from '../../../operators/pool2d/index.ts';
import { architecture } from '../../architectures/index.ts';
import type { Graph, NodeId } from '../../graph.ts';
import { inferShapes } from '../../infer.ts';
import type { Network } from '../../price/refit.ts';
import { droppedNetwork } from '../dropped.ts';
import { FieldMean } from '../fieldMap.ts';
import { summarise } from '../summary.ts';
import { chain, fieldOf, gradientOf, layer, middle, ones, shape, uniform, weightsOf } from '../testing/smallFields.ts';
import { exampleStack } from './example.ts';
import { type Alteration, type Altered, alterationsOf, type Ingredient } from './index.ts';

const padded = { ...layer(), padding: { top: 1, bottom: 1, left: 1, right: 1 } } as const;
const relu = { kind: 'activation', function: 'relu' } as const;

function networkOf(graph: Graph, input: NodeId = 'x', of = shape): Network {
  const shapes = inferShapes(graph, { [input]: of });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value };
}

const last = ({ graph }: Network) => graph.nodes.at(-1)!.id;

function altered(network: Network, ingredient: Ingredient): Altered {
  const alteration: Alteration = alterationsOf(network, last(network))[ingredient];
  if (alteration.kind !== 'altered') throw new Error(alteration.reason);
  return alteration;
}

/** Variance along rows with weights of 1/9, on a picture that is bright everywhere. */
function varianceOf({ graph }: Network): number {
  return summarise(fieldOf(graph, weightsOf(graph, uniform)), middle)!.std.h ** 2;
}

/** Four layers: a variance of 4 (9 - 1) / 12 = 8/3. */
const plain = networkOf(chain(Array.from({ length: 4 }, () => padded)));

describe('an altered network', () => {
  it('with a skip around every layer has half the variance, and without them has it again', () => {
    const skipped = altered(plain, 'skip');
    expect([skipped.way, skipped.count, skipped.layer]).toEqual(['added', 4, last(skipped.network)]);
    expect(varianceOf(skipped.network)).toBeCloseTo(4 / 3, 5);
    const again = altered(skipped.network, 'skip');
    expect([again.way, again.count]).toEqual(['removed', 4]);
    expect(varianceOf(again.network)).toBeCloseTo(8 / 3, 5);
  });

  it('with windows two pixels apart has four times the variance and maps of the same size, and back', () => {
    const dilated = altered(plain, 'dilation');
    expect(varianceOf(dilated.network)).toBeCloseTo((4 * 8) / 3, 5);
    expect(dilated.network.shapes[dilated.layer]).toEqual(shape);
    const close = altered(dilated.network, 'dilation');
    expect([close.way, close.count]).toEqual(['removed', 4]);
    expect(close.network.graph).toEqual(plain.graph);
  });

  it('without its strides is narrower: of 1, 2, 2, 2 pixels between taps all become 1', () => {
    const strided = altered(plain, 'stride');
    // The second layer strides: 1 + 1 + 4 + 4 times 2/3.
    expect(varianceOf(strided.network)).toBeCloseTo(20 / 3, 5);
    const close = altered(strided.network, 'stride');
    expect([close.way, close.count]).toEqual(['removed', 1]);
    expect(varianceOf(close.network)).toBeCloseTo(8 / 3, 5);
  });

  it('with its first sub-sampling taken last works at full detail for longer', () => {
    const pool = createPool2d({ function: 'average', kernelSize: [2, 2] });
    const network = networkOf(chain([padded, pool, padded, padded, pool]));
    const moved = altered(network, 'strideOrder');
    expect([moved.way, moved.count]).toEqual(['moved', 1]);
    expect(moved.network.shapes[moved.layer]).toEqual(network.shapes[last(network)]);
    // 2/3 (1 + 4 + 4) + (4 - 1)/12 (1 + 4) before; 2/3 (1 + 1 + 1) + (16 - 1)/12 behind.
    expect(varianceOf(network) - varianceOf(moved.network)).toBeGreaterThan(3);
    expect(alterationsOf(plain, '3').strideOrder).toEqual({ kind: 'unaltered', reason: 'one-step' });
  });

  it('without rectifiers no longer depends on the photo', () => {
    const bent = networkOf(chain([padded, relu, padded]));
    const dark = { shape, values: ones.values.map(() => -1) };
    const straight = altered(bent, 'activation');
    expect([straight.way, straight.count]).toEqual(['removed', 1]);
    const fieldIn = ({ graph }: Network) => summarise(fieldOf(graph, weightsOf(graph, uniform), dark), middle);
    expect(fieldIn(bent)).toBeNull();
    expect(fieldIn(straight.network)!.total).toBeCloseTo(1, 6);
    expect(altered(straight.network, 'activation')).toMatchObject({ way: 'added', count: 2 });
  });

  it('that drops is as wide in the mean over masks as it was, and patchy in a single one', () => {
    const dropping = altered(plain, 'dropout');
    expect([dropping.way, dropping.count, dropping.drops, dropping.layer]).toEqual(['added', 3, true, '3']);
    const { graph, masks } = droppedNetwork(dropping.network.graph, dropping.network.shapes);
    const mean = new FieldMean('absolute', shape);
    let patchy = 0;
    for (let seed = 0; seed < 150; seed++) {
      const one = new FieldMean('absolute', shape);
      const gradient = gradientOf(graph, weightsOf(graph, uniform), ones, masks(seed));
      for (const field of [one, mean]) field.add(gradient);
      if (summarise(one.map, middle, 1)?.smallest.count !== 81) patchy++;
    }
    expect(patchy).toBeGreaterThan(50);
    const { std, total } = summarise(mean.map, middle)!;
    expect(std.h ** 2 / (8 / 3)).toBeCloseTo(1, 0);
    expect(total).toBeGreaterThan(0.8);
    expect(total).toBeLessThan(1.2);
  });
});

describe('built-in networks, altered', () => {
  const input = [1, 3, 64, 64] as const;
  const of = (name: Parameters<typeof architecture>[0]) => networkOf(architecture(name, input, 10), 'input', input);
  const part = (name: Parameters<typeof architecture>[0], layer: NodeId) => alterationsOf(of(name), layer);

  it('ResNet-18 loses its four skips up to the second stage, with the one that is a 1 x 1 layer', () => {
    const { skip, stride, dilation, activation, dropout } = part('resnet18', 'layer2.1.relu2');
    expect(skip).toMatchObject({ kind: 'altered', way: 'removed', count: 4 });
    expect(stride).toMatchObject({ kind: 'altered', way: 'removed' });
    for (const each of [dilation, activation, dropout]) expect(each.kind).toBe('altered');
  });

  it('DenseNet and U-Net lose what is put side by side with what is computed from it, GoogLeNet keeps its branches', () => {
    const dense = of('densenet121');
    expect(alterationsOf(dense, 'features.denseblock1.denselayer3.conv2').skip).toMatchObject({ way: 'removed' });
    expect(alterationsOf(of('unet'), last(of('unet'))).skip).toMatchObject({ way: 'removed', count: 4 });
    const google = of('googlenet');
    const layer = google.graph.nodes.find(({ id }) => id.startsWith('inception3b'))!.id;
    expect(alterationsOf(google, layer).skip).not.toMatchObject({ way: 'removed' });
  });

  it('alters every ingredient of the example: 17 pixels, and a variance of 16/3', () => {
    const example = exampleStack([1, 1, 33, 33]);
    const found = alterationsOf(example, last(example));
    expect(
      Object.entries(found).map(([name, each]) => [name, each.kind === 'altered' ? each.way : each.reason]),
    ).toEqual([
      ['activation', 'removed'],
      ['skip', 'added'],
      ['dilation', 'added'],
      ['stride', 'added'],
      ['strideOrder', 'one-step'],
      ['dropout', 'added'],
    ]);
  });
});
