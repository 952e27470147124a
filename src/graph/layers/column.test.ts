import { describe, expect, it } from 'vitest';
import { loadRules } from '../../operators/loadRules.ts';
import type { Shape } from '../../operators/operator.ts';
import { inferShapes } from '../infer.ts';
import { type Column, type ColumnKind, columnKinds, commonDivisors } from './column.ts';
import { columnLayer } from './columnLayer.ts';
import { layerNodes } from './layerNodes.ts';

const column = (kind: ColumnKind, change: Partial<Column> = {}): Column => ({
  kind,
  kernelSize: 3,
  stride: 1,
  dilation: 2,
  groups: 4,
  ...change,
});

async function outputOf(of: Column, input: Shape, outChannels: number): Promise<Shape> {
  const source = { id: 'input', operator: { kind: 'input', channels: input[1] }, inputs: [] } as const;
  const nodes = [source, ...layerNodes(columnLayer(of, input[1], outChannels), 'a', { id: 'input', shape: input })];
  await loadRules(nodes);
  const shapes = inferShapes({ nodes }, { input });
  if (!shapes.ok) throw new Error(shapes.error.message);
  return shapes.value[nodes.at(-1)!.id]!;
}

describe('a column of a comparison', () => {
  it.each(columnKinds.filter((kind) => kind !== 'transposed'))('%s keeps the size at stride 1', async (kind) => {
    for (const kernelSize of [1, 3, 4, 7])
      expect(await outputOf(column(kind, { kernelSize }), [1, 16, 30, 20], 16)).toEqual([1, 16, 30, 20]);
  });

  it('of a transposed convolution is exactly stride times as large, whatever the kernel', async () => {
    for (const kernelSize of [1, 2, 3, 4, 5, 8])
      for (const stride of [1, 2, 3])
        expect(await outputOf(column('transposed', { kernelSize, stride }), [1, 8, 5, 7], 16)).toEqual([
          1,
          16,
          5 * stride,
          7 * stride,
        ]);
  });

  it('halves the size at stride 2, each in its own way', async () => {
    for (const kind of columnKinds.filter((each) => each !== 'transposed'))
      expect(await outputOf(column(kind, { stride: 2 }), [1, 16, 30, 20], 32)).toEqual([1, 32, 15, 10]);
  });

  it('shares what divides both channel counts: 8 and 12 have 1, 2, 4', () => {
    expect(commonDivisors(8, 12)).toEqual([1, 2, 4]);
  });
});
