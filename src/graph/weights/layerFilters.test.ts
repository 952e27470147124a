import { describe, expect, it } from 'vitest';
import '../../operators/late.ts';
import { createConv2d } from '../../operators/conv2d/index.ts';
import type { ConvTranspose2d } from '../../operators/convTranspose2d/attributes.ts';
import { type Operator, rulesOf } from '../../operators/index.ts';
import type { LocallyConnected2d } from '../../operators/locallyConnected2d/attributes.ts';
import { filterWeight, takesFilters } from './layerFilters.ts';
import type { LearnedData, WeightSources } from './materialise.ts';

const none: WeightSources = { learned: () => null, custom: () => null };
const noPadding = { top: 0, bottom: 0, left: 0, right: 0 } as const;
const sobel = [-1, 0, 1, -2, 0, 2, -1, 0, 1];

const transposed = (
  attributes: Pick<ConvTranspose2d, 'inChannels' | 'outChannels' | 'groups'> & Partial<ConvTranspose2d>,
): ConvTranspose2d => ({
  kind: 'conv_transpose2d',
  kernelSize: [3, 3],
  stride: [1, 1],
  padding: noPadding,
  outputPadding: [0, 0],
  dilation: [1, 1],
  bias: false,
  ...attributes,
});

function weightOf(operator: Operator, filters: Parameters<typeof filterWeight>[1], sources = none) {
  if (!takesFilters(operator)) throw new Error(`${operator.kind} takes no filters`);
  const values = [...filterWeight(operator, filters, sources)];
  const shape = rulesOf(operator).parameters(operator)[0]!.shape;
  expect(values).toHaveLength(shape.reduce((product, size) => product * size, 1));
  return values;
}

describe('a layer filled with one filter of Explore', () => {
  it('has the same kernel on each channel that a filter reads, divided by their number', () => {
    const conv = createConv2d({ inChannels: 4, outChannels: 2, kernelSize: [3, 3] });
    const each = sobel.map((value) => value / 4);
    expect(weightOf(conv, 'sobel_x')).toEqual(Array.from({ length: 8 }, () => each).flat());
  });

  it('filters every map by itself where the layer is depthwise', () => {
    const conv = createConv2d({ inChannels: 2, outChannels: 2, groups: 2, kernelSize: [3, 3] });
    expect(weightOf(conv, 'sobel_x')).toEqual([...sobel, ...sobel]);
  });

  it('spreads each input of a transposed layer over stride² outputs, which get as much as they would of one map', () => {
    const operator = transposed({ inChannels: 4, outChannels: 6, groups: 2, stride: [2, 2] });
    const weight = weightOf(operator, 'box');
    // A filter reads two channels: 4 / 2 of 1 / 9 each.
    for (const value of weight) expect(value).toBeCloseTo(2 / 9, 6);
  });

  it('is the same at every place of a layer whose places have kernels of their own', () => {
    const operator: LocallyConnected2d = {
      kind: 'locally_connected2d',
      inChannels: 1,
      outChannels: 1,
      inputSize: [4, 3],
      kernelSize: [3, 3],
      stride: [1, 1],
      padding: noPadding,
      dilation: [1, 1],
      bias: true,
    };
    expect(weightOf(operator, 'sobel_x')).toEqual([...sobel, ...sobel]);
  });

  it('is nothing for what only mixes channels', () => {
    expect(takesFilters(createConv2d({ inChannels: 4, outChannels: 2, kernelSize: [1, 1] }))).toBe(false);
    expect(takesFilters({ kind: 'linear', inFeatures: 4, outFeatures: 2, bias: true })).toBe(false);
  });
});

describe('a layer filled with a bank', () => {
  it('has another filter for each output, those of Explore', () => {
    const conv = createConv2d({ inChannels: 1, outChannels: 2, kernelSize: [3, 3] });
    expect(weightOf(conv, 'classic')).toEqual([...sobel, -1, -2, -1, 0, 0, 0, 1, 2, 1]);
  });

  it('keeps the outputs of a transposed layer apart, whose weight has inputs first', () => {
    const operator = transposed({ inChannels: 2, outChannels: 4, groups: 2 });
    const conv = createConv2d({ inChannels: 1, outChannels: 4, kernelSize: [3, 3] });
    // Input 0 feeds outputs 0 and 1, input 1 outputs 2 and 3: in this order both layouts are the same list.
    expect(weightOf(operator, 'gabor')).toEqual(weightOf(conv, 'gabor'));
    const dense = { ...operator, groups: 1 };
    const whole = weightOf(dense, 'gabor');
    const apart = weightOf(conv, 'gabor').map((value) => Math.fround(value / 2));
    expect(whole.slice(36)).toEqual(whole.slice(0, 36));
    expect(whole.slice(0, 36)).toEqual(apart);
  });

  it('has learned filters for the colours of three channels, and begins again behind the last', () => {
    const values = Float32Array.from({ length: 2 * 27 }, (_, i) => i / 8);
    const data: LearnedData = { values, shape: [2, 3, 3, 3] };
    const conv = createConv2d({ inChannels: 3, outChannels: 3, kernelSize: [3, 3] });
    const weight = weightOf(conv, 'posenet', { ...none, learned: () => data });
    expect(weight).toEqual([...values, ...values.slice(0, 27)]);
  });
});
