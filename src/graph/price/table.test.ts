import { describe, expect, it } from 'vitest';
import type { Shape } from '../../operators/operator.ts';
import { NetworkBuilder } from '../architectures/builder.ts';
import { architecture } from '../architectures/index.ts';
import type { Graph } from '../graph.ts';
import { inferShapes } from '../infer.ts';
import { priceTable, rowOrders, sortedRows } from './table.ts';

function tableOf(graph: Graph, input: Shape) {
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return priceTable(graph, shapes.value);
}

function small() {
  const net = new NetworkBuilder([1, 3, 10, 10]);
  const at = net.maxPool('pool', net.activation('relu', net.conv('conv', 'input', 8, { kernel: 3, padding: 1 })), {
    kernel: 2,
    stride: 2,
  });
  net.conv('strided', at, 4, { kernel: 3, stride: 2, padding: 1, groups: 2, bias: false });
  return tableOf(net.graph, [1, 3, 10, 10]);
}

describe('the table of prices', () => {
  it('has the textbook count C H W K² N beside the exact one, which knows stride and groups', () => {
    const [conv, relu, , strided] = small().rows;
    expect([conv!.textbookMacs, conv!.macs]).toEqual([3 * 100 * 9 * 8, 3 * 100 * 9 * 8]);
    expect([strided!.textbookMacs, strided!.macs]).toEqual([8 * 25 * 9 * 4, 4 * 9 * 9 * 4]);
    expect(relu!.textbookMacs).toBeNull();
  });

  it('says which share of the multiplications reads the picture and not its padding: 28 of 30 taps along each axis', () => {
    const { rows, totals } = small();
    expect(rows[0]!.usefulShare).toBeCloseTo((28 / 30) ** 2, 12);
    expect(rows[1]!.usefulShare).toBeNull();
    expect(totals.usefulShare).toBe(totals.usefulMacs / totals.macs);
  });

  it('sums from the first layer on, to the totals in the last row', () => {
    const { rows, totals } = small();
    const last = rows.at(-1)!;
    expect(last.cumulative).toEqual({
      parameters: totals.parameters,
      macs: totals.macs,
      activationBytes: totals.activationBytes,
    });
    expect(rows.map(({ cumulative }) => cumulative.parameters)).toEqual([224, 224, 224, 224 + 4 * 4 * 9]);
    expect(totals.parameterBytes).toBe(4 * 368);
  });

  it('of VGG-16 at 224 says what is published, and 528 MiB of parameters', () => {
    const input: Shape = [1, 3, 224, 224];
    const { totals, rows } = tableOf(architecture('vgg16', input), input);
    expect(totals.parameters).toBe(138_357_544);
    expect(totals.parameterBytes / 2 ** 20).toBeCloseTo(527.8, 1);
    // The second convolution reads 64 maps of 224 x 224 and writes as many.
    expect(totals.inferencePeak.bytes).toBe(2 * 64 * 224 * 224 * 4);
    expect(rows.find(({ name }) => name === totals.inferencePeak.at)?.op).toBe('conv2d');
  });
});

describe('the order of rows', () => {
  it('puts the largest first, keeps the network’s order among equals, and rows without a value last', () => {
    const { rows } = small();
    expect(sortedRows(rows, 'macs').map(({ name }) => name)).toEqual(['conv', 'strided', 'relu', 'pool']);
    expect(sortedRows(rows, 'usefulShare').map(({ name }) => name)).toEqual(['conv', 'strided', 'relu', 'pool']);
    expect(sortedRows(rows, 'name').map(({ name }) => name)).toEqual(['conv', 'pool', 'relu', 'strided']);
    expect(sortedRows(rows, 'field').map(({ name }) => name)).toEqual(['strided', 'pool', 'conv', 'relu']);
  });

  it('loses no row', () => {
    const { rows } = small();
    for (const order of rowOrders) expect(new Set(sortedRows(rows, order))).toEqual(new Set(rows));
  });
});
