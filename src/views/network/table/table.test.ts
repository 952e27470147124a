import { describe, expect, it } from 'vitest';
import '../../../operators/late.ts';
import { architecture } from '../../../graph/architectures/index.ts';
import type { Graph } from '../../../graph/graph.ts';
import { changeOperator } from '../../../graph/network/edit.ts';
import { inferEach, runnablePart, shapesIn } from '../../../graph/network/inferEach.ts';
import { branchFrom } from '../../../graph/network/joins.ts';
import { priceTable } from '../../../graph/price/table.ts';
import type { Shape } from '../../../operators/operator.ts';
import { nextOrder, sortedLayers } from './columns.ts';
import { layerRows, type TableInput, treeRows } from './rows.ts';

const picture: Shape = [1, 3, 32, 48];

function tableOf(whole: Graph, closed: readonly string[] = [], input = picture): TableInput {
  const states = inferEach(whole, { input });
  const shapes = shapesIn(states);
  return {
    ...{ whole, states },
    price: priceTable(runnablePart(whole, states), shapes),
    off: [],
    closed: new Set(closed),
    picture: [input[2], input[3]],
    times: null,
  };
}

describe('the rows of a network', () => {
  it('have a convolution and the activation that alone reads it in one row, behind the picture’s', () => {
    const rows = treeRows(tableOf(architecture('stack', picture)));
    expect(rows.map(({ nodes }) => nodes.map(({ id }) => id).join())).toEqual([
      'input',
      'conv1,relu1',
      'conv2,relu2',
      'pool',
      'conv3,relu3',
      'conv4,relu4',
      'conv5,relu5',
    ]);
    // 16 · (3 · 9 + 1) weights; 16 maps of 32 x 48, written over by ReLU.
    expect(rows[1]?.numbers).toMatchObject({ output: [16, 32, 48], parameters: 448, keptBytes: 4 * 16 * 32 * 48 });
    expect(rows.at(-1)?.numbers?.field?.size).toEqual([22, 22]);
  });

  it('add up to what the network costs', () => {
    const input = tableOf(architecture('resnet18', [1, 3, 64, 64]), [], [1, 3, 64, 64]);
    const sum = (value: 'parameters' | 'macs' | 'keptBytes') =>
      layerRows(input).reduce((total, { numbers }) => total + numbers![value], 0);
    const { totals } = input.price;
    expect([sum('parameters'), sum('macs'), sum('keptBytes')]).toEqual([
      totals.parameters,
      totals.macs,
      totals.trainingBytes,
    ]);
  });

  it('of a closed block are one, with the sums of all that it holds', () => {
    const graph = architecture('resnet18', [1, 3, 64, 64]);
    const rows = treeRows(tableOf(graph, ['layer1', 'layer2.0'], [1, 3, 64, 64]));
    const layer1 = rows.find(({ key }) => key === 'layer1');
    // Four convolutions of 64 · 64 · 9 weights, each with the scale and shift of 64 channels.
    expect(layer1).toMatchObject({ kind: 'block', isOpen: false, level: 1, layers: 6 });
    expect(layer1?.numbers?.parameters).toBe(4 * (64 * 64 * 9 + 128));
    expect(rows.some(({ key }) => key.startsWith('layer1.'))).toBe(false);
    expect(rows.find(({ key }) => key === 'layer2.0')?.level).toBe(2);
    expect(rows.find(({ key }) => key === 'layer2.1.conv1')?.level).toBe(3);
  });

  it('say the error of a join at its place, and mark those that wait for it', () => {
    const joined = branchFrom(architecture('stack', picture), 'conv1', 'conv4', 'add');
    if (!joined.ok) throw new Error(joined.error.message);
    const rows = layerRows(tableOf(joined.value.graph));
    const failed = rows.find(({ error }) => error !== null);
    expect(failed?.error?.state.inputs).toEqual([
      [1, 32, 16, 24],
      [1, 16, 32, 48],
    ]);
    expect(rows.filter(({ waitsFor }) => waitsFor === failed?.key).map(({ key }) => key)).toEqual(['conv5']);
  });

  it('mark layers behind one that sees the whole picture already', () => {
    const input: Shape = [1, 3, 14, 14];
    const marked = layerRows(tableOf(architecture('stack', input), [], input)).filter((row) => row.seesNothingNew);
    // Fields of 3, 5, 6, 10, 14 and 22 pixels: the last layer reads one that sees 14 of 14.
    expect(marked.map(({ key }) => key)).toEqual(['conv5']);
  });
});

describe('the order of the rows', () => {
  it('goes from the largest to the smallest, back, and to that of the network', () => {
    const first = nextOrder(null, 'params');
    expect(first).toEqual({ column: 'params', isDescending: true });
    expect(nextOrder(first, 'params')).toEqual({ column: 'params', isDescending: false });
    expect(nextOrder(nextOrder(first, 'params'), 'params')).toBeNull();
    expect(nextOrder(first, 'macs')).toEqual({ column: 'macs', isDescending: true });
  });

  it('puts layers without a value last, whichever way', () => {
    const stack = architecture('stack', picture);
    const conv = stack.nodes.find(({ id }) => id === 'conv3')!.operator;
    if (conv.kind !== 'conv2d') throw new Error('no convolution');
    // A kernel larger than its maps: conv3 and all behind it have no numbers.
    const broken = changeOperator(stack, 'conv3', { ...conv, kernelSize: [61, 61], padding: 'valid' });
    const rows = layerRows(tableOf(broken));
    const sorted = (isDescending: boolean) =>
      sortedLayers(rows, { column: 'params', isDescending }, false).map(({ key }) => key);
    expect(sorted(true)).toEqual(['conv2', 'conv1', 'pool', 'conv3', 'conv4', 'conv5']);
    expect(sorted(false)).toEqual(['pool', 'conv1', 'conv2', 'conv3', 'conv4', 'conv5']);
  });
});
