import { expect, it } from 'vitest';
import type { MapStatistics } from '../../../engine/engine.ts';
import { createConv2d } from '../../../operators/conv2d/index.ts';
import type { Operator } from '../../../operators/index.ts';
import { createPool2d } from '../../../operators/pool2d/index.ts';
import { comparedColouring } from './colouring.ts';

const ground = { zero: [255, 255, 255], isDark: false } as const;
const view = { colourMap: 'auto', comparedRange: 'shared', percentiles: false } as const;

const map = (min: number, max: number): MapStatistics => ({ min, max, mean: 0, energy: 0, sparsity: 0, p1: 0, p99: 0 });

function column(statistics: readonly MapStatistics[], ...operators: readonly Operator[]) {
  const nodes = operators.map((operator, i) => ({ id: `${i + 1}`, operator, inputs: [`${i}`] }));
  const graph = { nodes: [{ id: '0', operator: { kind: 'input', channels: 2 } as const, inputs: [] }, ...nodes] };
  return { graph, output: String(nodes.length), statistics };
}

const conv = createConv2d({ inChannels: 2, outChannels: 2, kernelSize: [1, 1] });
const relu: Operator = { kind: 'activation', function: 'relu' };
const pool = createPool2d({ function: 'max', kernelSize: [2, 2] });

it('is diverging about 0 as soon as one column can be negative, over the largest of all', () => {
  const columns = [column([map(0, 3)], conv, relu, pool), column([map(-5, 1), map(0, 2)], conv)];
  expect(comparedColouring(columns, view, ground)).toMatchObject({
    name: 'rdbu',
    range: { mode: 'fixed', lo: -5, hi: 5 },
  });
});

it('is sequential where an activation, with pooling behind it, leaves nothing negative', () => {
  const columns = [column([map(0, 3)], conv, relu, pool), column([map(1, 4)], conv, relu)];
  expect(comparedColouring(columns, view, ground)).toMatchObject({
    name: 'viridis',
    range: { mode: 'fixed', lo: 0, hi: 4 },
  });
});

it('by column or by map leaves the ends to each', () => {
  const columns = [column([map(-5, 1)], conv)];
  const of = (comparedRange: 'per-map' | 'per-column') =>
    comparedColouring(columns, { ...view, comparedRange }, ground).range;
  expect(of('per-map')).toEqual({ mode: 'per-map', percentiles: false, symmetric: true });
  expect(of('per-column')).toEqual({ mode: 'per-layer', percentiles: false, symmetric: true });
});
