import { describe, expect, it } from 'vitest';
import { loadRules } from '../../operators/loadRules.ts';
import type { Shape } from '../../operators/operator.ts';
import { costOf } from '../cost.ts';
import { tapsThrough } from '../field/receptiveField.ts';
import { inferShapes } from '../infer.ts';
import { type Column, type ColumnKind, columnKinds, commonDivisors } from './column.ts';
import { columnSequence } from './columnSequence.ts';
import { sequenceNodes } from './sequence.ts';

const column = (kind: ColumnKind, change: Partial<Column> = {}): Column => ({
  kind,
  kernelSize: 3,
  stride: 1,
  dilation: 2,
  groups: 4,
  depth: 2,
  ...change,
});

const enlarging: ReadonlySet<ColumnKind> = new Set(['transposed', 'resize_convolve']);

async function networkOf(of: Column, input: Shape, outChannels: number) {
  const source = { id: 'input', operator: { kind: 'input', channels: input[1] }, inputs: [] } as const;
  await loadRules([{ operator: { kind: 'channel_shuffle', groups: 1 } }]);
  const nodes = sequenceNodes(columnSequence(of, input[1], outChannels), 'a', { id: 'input', shape: input });
  const graph = { nodes: [source, ...nodes] };
  const shapes = inferShapes(graph, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return { graph, shapes: shapes.value };
}

async function outputOf(of: Column, input: Shape, outChannels: number): Promise<Shape> {
  const { graph, shapes } = await networkOf(of, input, outChannels);
  return shapes[graph.nodes.at(-1)!.id]!;
}

async function costOfColumn(of: Column) {
  const { graph, shapes } = await networkOf(of, [1, 16, 30, 20], 16);
  return costOf(graph, shapes).total;
}

describe('a column of a comparison', () => {
  it.each(columnKinds.filter((kind) => !enlarging.has(kind)))('%s keeps the size at stride 1', async (kind) => {
    for (const kernelSize of [1, 3, 4, 7])
      expect(await outputOf(column(kind, { kernelSize }), [1, 16, 30, 20], 16)).toEqual([1, 16, 30, 20]);
  });

  it.each([...enlarging])('of %s is exactly stride times as large, whatever the kernel', async (kind) => {
    for (const kernelSize of [1, 2, 3, 4, 5, 8])
      for (const stride of [1, 2, 3])
        expect(await outputOf(column(kind, { kernelSize, stride }), [1, 8, 5, 7], 16)).toEqual([
          1,
          16,
          5 * stride,
          7 * stride,
        ]);
  });

  it('halves the size at stride 2, each in its own way', async () => {
    for (const kind of columnKinds.filter((each) => !enlarging.has(each)))
      for (const [height, width] of [
        [30, 20],
        [29, 19],
      ] as const)
        expect(await outputOf(column(kind, { stride: 2 }), [1, 16, height, width], 32)).toEqual([1, 32, 15, 10]);
  });

  it.each<[ColumnKind, Partial<Column>, number, number]>([
    // 3 x 3 to 16 channels, then twice from 16 to 16: 3 · (16·16·9 + 16) and 3 · 16·16·9 · 30 · 20
    ['stack', { depth: 3 }, 3 * 2320, 3 * 2304 * 600],
    // The convolution is computed at every place before the maximum: 16·16·9 · 30 · 20
    ['pooled', { stride: 2 }, 2320, 2304 * 600],
    // 16·16·9 · 60 · 40
    ['resize_convolve', { stride: 2 }, 2320, 2304 * 2400],
    ['vgg_block', { stride: 2 }, 2 * 2320, 2 * 2304 * 600],
    // Twice 16·9 + 16 and 16·16 + 16; the first depthwise one strides: 15 · 10 places
    ['mobilenet_block', { stride: 2 }, 2 * (160 + 272), 2 * (144 + 256) * 150],
  ])('%s costs what its layers cost', async (kind, change, parameters, macs) => {
    expect(await costOfColumn(column(kind, change))).toMatchObject({ parameters, macs });
  });

  it('a stack of three 3 x 3 reads the field of one 7 x 7', async () => {
    const { graph, shapes } = await networkOf(column('stack', { depth: 3 }), [1, 16, 30, 20], 16);
    const { rows } = tapsThrough(graph, shapes, graph.nodes.at(-1)!.id, { y: 9, x: 9 }).input!;
    expect(rows).toEqual([6, 7, 8, 9, 10, 11, 12]);
  });

  it('shares what divides both channel counts: 8 and 12 have 1, 2, 4', () => {
    expect(commonDivisors(8, 12)).toEqual([1, 2, 4]);
  });
});
