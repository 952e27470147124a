import '../../operators/late.ts';
import { describe, expect, it } from 'vitest';
import { createConv2d } from '../../operators/conv2d/index.ts';
import { createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { createDeformConv2d } from '../../operators/deformConv2d/index.ts';
import type { Operator } from '../../operators/index.ts';
import { createLinear } from '../../operators/linear/index.ts';
import { createLocallyConnected2d } from '../../operators/locallyConnected2d/index.ts';
import type { Shape } from '../../operators/operator.ts';
import type { Column, ColumnKind } from '../layers/column.ts';
import { layerNodes } from '../layers/layerNodes.ts';
import { columnSizes } from './columnSizes.ts';
import { costAt as costOfSize, exponentAt, growthOf as growth } from './growth.ts';
import type { GrowthVariable, SizedNetwork } from './sizes.ts';
import { networkSizes, presentValue, withValue } from './varied.ts';

function chain(input: Shape, ...operators: readonly Operator[]): SizedNetwork {
  const nodes = operators.map((operator, i) => ({ id: `${i + 1}`, operator, inputs: [`${i}`] }));
  return {
    input,
    graph: { nodes: [{ id: '0', operator: { kind: 'input', channels: input[1] }, inputs: [] }, ...nodes] },
  };
}

const input: Shape = [1, 16, 32, 32];
const sides = (padding: number) => ({ top: padding, bottom: padding, left: padding, right: padding });
const conv = (inChannels: number, outChannels: number, kernel: number, groups = 1) =>
  createConv2d({
    inChannels,
    outChannels,
    kernelSize: [kernel, kernel],
    groups,
    padding: sides((kernel - 1) / 2),
    bias: false,
  });

const standard = chain(input, conv(16, 24, 3));
const separable = chain(input, conv(16, 16, 3, 16), conv(16, 24, 1));
const costAt = (network: SizedNetwork, variable: GrowthVariable, value: number) =>
  costOfSize(networkSizes(network), variable, value);
const growthOf = (network: SizedNetwork, variable: GrowthVariable, values?: readonly number[]) =>
  growth(networkSizes(network), variable, values);
const sub = (network: SizedNetwork, id: string) => network.graph.nodes.find((node) => node.id === id)?.operator;

function exponent(network: SizedNetwork, variable: GrowthVariable, measure: 'macs' | 'parameters' | 'activationBytes') {
  const curve = growthOf(network, variable);
  if (!curve) throw new Error('it does not grow');
  return exponentAt(curve, measure)!;
}

describe('the growth of a standard convolution', () => {
  it('is quadratic in K, linear in C and in N, and quadratic in the side: multiply-adds', () => {
    expect(exponent(standard, 'kernel', 'macs')).toBeCloseTo(2, 12);
    expect(exponent(standard, 'inChannels', 'macs')).toBeCloseTo(1, 12);
    expect(exponent(standard, 'outChannels', 'macs')).toBeCloseTo(1, 12);
    expect(exponent(standard, 'side', 'macs')).toBeCloseTo(2, 12);
  });

  it('leaves parameters alone where the image grows, and the maps where K or C does', () => {
    expect(exponent(standard, 'kernel', 'parameters')).toBeCloseTo(2, 12);
    expect(exponent(standard, 'side', 'parameters')).toBe(0);
    expect(exponent(standard, 'kernel', 'activationBytes')).toBe(0);
    expect(exponent(standard, 'inChannels', 'activationBytes')).toBe(0);
    expect(exponent(standard, 'side', 'activationBytes')).toBeCloseTo(2, 12);
  });

  it('says what the layer of that size says: 5 x 5 is 24 · 16 · 25 weights and as many per pixel', () => {
    expect(costAt(standard, 'kernel', 5)).toMatchObject({ parameters: 9600, macs: 9600 * 1024 });
    expect(costAt(standard, 'side', 64)).toMatchObject({ parameters: 3456, macs: 3456 * 4096 });
  });

  it('of an even kernel keeps the size as well', () => {
    expect(costAt(standard, 'kernel', 4)).toMatchObject({ macs: 24 * 16 * 16 * 1024 });
  });

  it('without padding is a little less than quadratic, since larger kernels have fewer places', () => {
    const valid = chain(input, { ...conv(16, 24, 3), padding: sides(0) });
    expect(costAt(valid, 'kernel', 5)).toMatchObject({ macs: 9600 * 28 * 28 });
    expect(exponent(valid, 'kernel', 'macs')).toBeLessThan(2);
  });

  it('passes through where the layer stands, between both ends of the range', () => {
    const { at, points } = growthOf(standard, 'outChannels')!;
    expect([points[0]!.value, at, points.at(-1)!.value]).toEqual([1, 24, 64]);
    expect(points.filter(({ value }) => value === at)).toHaveLength(1);
    expect(growthOf(standard, 'kernel', [1, 7])!.points.map(({ value }) => value)).toEqual([1, 3, 7]);
  });
});

describe('the growth of the other kinds', () => {
  it('of a depthwise separable layer: only its depthwise part grows with K, so less than quadratic', () => {
    expect(costAt(separable, 'kernel', 5)?.parameters).toBe(16 * 25 + 16 * 24);
    expect(exponent(separable, 'kernel', 'macs')).toBeLessThan(1);
    expect(costAt(separable, 'inChannels', 32)?.parameters).toBe(32 * 9 + 32 * 24);
    expect(costAt(separable, 'outChannels', 48)?.parameters).toBe(16 * 9 + 16 * 48);
  });

  it('of a depthwise layer keeps its multiplier, and N grows in multiples of C', () => {
    const depthwise = chain(input, conv(16, 32, 3, 16));
    expect(costAt(depthwise, 'inChannels', 10)?.parameters).toBe(20 * 9);
    expect(costAt(depthwise, 'outChannels', 48)?.parameters).toBe(48 * 9);
    expect(costAt(depthwise, 'outChannels', 40)).toBeNull();
    expect(growthOf(depthwise, 'outChannels')!.points.map(({ value }) => value)).toEqual([16, 32, 48, 64]);
  });

  it('of a grouped layer leaves out channels that its groups do not divide', () => {
    const grouped = chain(input, conv(16, 24, 3, 4));
    const { points } = growthOf(grouped, 'inChannels')!;
    expect(points.every(({ value }) => value % 4 === 0)).toBe(true);
    expect(exponent(grouped, 'inChannels', 'macs')).toBeCloseTo(1, 12);
  });

  it('of a spatially separable layer is linear in K', () => {
    const shape = { inChannels: 16, outChannels: 16, bias: false } as const;
    const vertical = createConv2d({ ...shape, kernelSize: [3, 1], padding: { ...sides(0), top: 1, bottom: 1 } });
    const horizontal = createConv2d({ ...shape, kernelSize: [1, 3], padding: { ...sides(0), left: 1, right: 1 } });
    expect(exponent(chain(input, vertical, horizontal), 'kernel', 'macs')).toBeCloseTo(1, 12);
  });

  it('of a transposed layer keeps twice the size when its kernel grows', () => {
    const up = createConvTranspose2d({
      inChannels: 16,
      outChannels: 8,
      kernelSize: [4, 4],
      stride: [2, 2],
      padding: sides(1),
    });
    const layer = chain(input, { ...up, bias: false });
    expect(costAt(layer, 'kernel', 6)).toEqual({
      parameters: 16 * 8 * 36,
      macs: 16 * 8 * 36 * 1024,
      usefulMacs: expect.any(Number),
      activationBytes: 4 * 8 * 64 * 64,
    });
    expect(exponent(layer, 'kernel', 'macs')).toBeCloseTo(2, 12);
  });

  it('of a deformable layer has its offset convolution grow with the fourth power of K', () => {
    const offsets = conv(16, 18, 3);
    const deform = createDeformConv2d({
      inChannels: 16,
      outChannels: 24,
      kernelSize: [3, 3],
      padding: sides(1),
      bias: false,
    });
    const network: SizedNetwork = {
      input,
      graph: {
        nodes: [
          { id: 'x', operator: { kind: 'input', channels: 16 }, inputs: [] },
          { id: 'offset', operator: offsets, inputs: ['x'] },
          { id: 'y', operator: deform, inputs: ['x', 'offset'] },
        ],
      },
    };
    const larger = withValue(network, 'kernel', 5)!;
    expect(sub(larger, 'offset')).toMatchObject({ outChannels: 50, kernelSize: [5, 5], padding: sides(2) });
    expect(costAt(network, 'kernel', 5)?.parameters).toBe(16 * 50 * 25 + 24 * 16 * 25);
    expect(costAt(network, 'outChannels', 48)?.parameters).toBe(16 * 18 * 9 + 48 * 16 * 9);
  });

  it('of a deformable layer with a mask keeps offsets and masks apart', () => {
    const conv2 = createDeformConv2d({
      inChannels: 16,
      outChannels: 8,
      kernelSize: [3, 3],
      padding: sides(1),
      hasMask: true,
    });
    const layer = { kind: 'deformable', conv: conv2, offsets: conv(16, 27, 3) } as const;
    const source = { id: 'x', operator: { kind: 'input', channels: 16 }, inputs: [] } as const;
    const network = { input, graph: { nodes: [source, ...layerNodes(layer, 'a', { id: 'x', shape: input })] } };
    expect(sub(withValue(network, 'kernel', 5)!, 'a.shifts')).toMatchObject({
      start: [0, 0, 0, 0],
      count: [1, 50, 32, 32],
    });
    expect(sub(withValue(network, 'kernel', 5)!, 'a.logits')).toMatchObject({
      start: [0, 50, 0, 0],
      count: [1, 25, 32, 32],
    });
    expect(sub(withValue(network, 'side', 48)!, 'a.shifts')).toMatchObject({ count: [1, 18, 48, 48] });
    expect(costAt(network, 'kernel', 5)?.parameters).toBe(16 * 75 * 25 + 8 * 16 * 25 + 8);
  });

  it('of a locally connected layer has parameters that grow with the image', () => {
    const attributes = { inChannels: 16, outChannels: 4, inputSize: [32, 32], kernelSize: [3, 3] } as const;
    const layer = chain(input, createLocallyConnected2d({ ...attributes, padding: sides(1), bias: false }));
    expect(exponent(layer, 'side', 'parameters')).toBeCloseTo(2, 12);
  });

  it('of a fully connected layer from maps to maps is of the fourth power of the side, and has no K', () => {
    const layer = chain(
      [1, 2, 8, 8],
      { kind: 'reshape', shape: [1, 128, 1, 1] },
      createLinear({ inFeatures: 128, outFeatures: 192, bias: false }),
      { kind: 'reshape', shape: [1, 3, 8, 8] },
    );
    expect(costAt(layer, 'side', 16)?.parameters).toBe(2 * 256 * 3 * 256);
    expect(exponent(layer, 'side', 'macs')).toBeCloseTo(4, 12);
    expect(costAt(layer, 'outChannels', 5)?.parameters).toBe(128 * 5 * 64);
    expect(exponent(layer, 'outChannels', 'macs')).toBeCloseTo(1, 12);
    expect(growthOf(layer, 'kernel')).toBeNull();
    const scores = chain([1, 2, 8, 8], ...['1', '2'].map((id) => sub(layer, id)!));
    expect(exponent(scores, 'side', 'macs')).toBeCloseTo(2, 12);
    expect(presentValue(scores, 'outChannels')).toBe(192);
    expect(costAt(scores, 'outChannels', 10)?.parameters).toBe(1280);
  });

  it('of a pixel shuffle counts its own channels: N of 3 is a convolution to 12', () => {
    const layer = chain(input, conv(16, 12, 3), { kind: 'depth_to_space', block: 2, mode: 'CRD' });
    expect(presentValue(layer, 'outChannels')).toBe(3);
    expect(sub(withValue(layer, 'outChannels', 5)!, '1')).toMatchObject({ outChannels: 20 });
  });
});

describe('the growth of a column', () => {
  const sizes = (kind: ColumnKind, change: Partial<Column> = {}) =>
    columnSizes({
      column: { kind, kernelSize: 3, stride: 1, dilation: 2, groups: 4, depth: 2, ...change },
      input: [1, 16, 40, 60],
      outChannels: 16,
    });
  const exponentOf = (kind: ColumnKind, variable: GrowthVariable) =>
    exponentAt(growth(sizes(kind), variable)!, 'macs')!;

  it('is quadratic in K and in the side and linear in C and N, for standard, grouped and dilated ones', () => {
    for (const kind of ['standard', 'grouped', 'dilated'] as const) {
      expect(exponentOf(kind, 'kernel')).toBeCloseTo(2, 12);
      expect(exponentOf(kind, 'inChannels')).toBeCloseTo(1, 12);
      expect(exponentOf(kind, 'outChannels')).toBeCloseTo(1, 12);
      // The height of a picture of 40 x 60 is rounded to whole rows.
      expect(exponentOf(kind, 'side')).toBeCloseTo(2, 1);
    }
  });

  it('of a separable one is what its two steps say, from K = 1 on', () => {
    expect(costOfSize(sizes('separable', { kernelSize: 1 }), 'kernel', 5)?.macs).toBe((16 * 25 + 256) * 2400);
    expect(exponentOf('separable', 'kernel')).toBeLessThan(1);
  });

  it('of a depthwise one has N in multiples of C, and of a pointwise one no K', () => {
    expect(growth(sizes('depthwise'), 'outChannels')!.points.map(({ value }) => value)).toEqual([16, 32, 48, 64]);
    expect(growth(sizes('pointwise'), 'kernel')).toBeNull();
  });

  it('of blocks is quadratic in K; N of a stack is also what its second layer reads, so between linear and quadratic', () => {
    for (const kind of ['stack', 'pooled', 'vgg_block', 'resize_convolve'] as const)
      expect(exponentOf(kind, 'kernel')).toBeCloseTo(2, 12);
    // 9 · (16 · N + N · N) a place
    expect(costOfSize(sizes('stack'), 'outChannels', 32)?.macs).toBe(9 * (16 * 32 + 32 * 32) * 2400);
    expect(exponentOf('stack', 'outChannels')).toBeGreaterThan(1);
    expect(exponentOf('mobilenet_block', 'kernel')).toBeLessThan(2);
  });

  it('ends where the column does: kernels to 11', () => {
    const { points } = growth(sizes('standard', { kernelSize: 9 }), 'kernel')!;
    expect(points.map(({ value }) => value)).toEqual([1, 3, 5, 7, 9, 11]);
  });
});
