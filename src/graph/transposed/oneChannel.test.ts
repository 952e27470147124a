import '../../operators/late.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convTranspose2dCases } from '../../../tests/support/cases/convTranspose2d.ts';
import { convTranspose2d, createConvTranspose2d } from '../../operators/convTranspose2d/index.ts';
import { overlapMap } from '../../operators/convTranspose2d/overlapMap.ts';
import type { HostTensor } from '../../operators/operator.ts';
import { runReference } from '../referenceRun.ts';
import { alternativeOf, layerAlone, oneChannel, overlapLayer, priceOf, withDifference } from './oneChannel.ts';

const doubling = createConvTranspose2d({
  inChannels: 4,
  outChannels: 8,
  kernelSize: [4, 4],
  stride: [2, 2],
  padding: { top: 1, bottom: 1, left: 1, right: 1 },
});

describe('one output channel of a transposed convolution', () => {
  it('is that map of the layer, whatever its groups', () => {
    fc.assert(
      fc.property(convTranspose2dCases.random, fc.nat(), (one, seed) => {
        const { operator: conv, inputs, parameters } = one;
        if (conv.kind !== 'conv_transpose2d' || !parameters) throw new Error('no transposed convolution');
        const input: HostTensor = { shape: [1, ...inputs[0]!.shape.slice(1)] as never, values: inputs[0]!.values };
        const { output } = convTranspose2d.reference(conv, [input], parameters);
        const channel = seed % conv.outChannels;
        const plane = output.shape[2] * output.shape[3];
        const { graph, parameters: own } = layerAlone(oneChannel(conv, parameters, channel));
        const map = runReference(graph, { input }, own).output!.output;
        map.values.forEach((value, i) => {
          expect(value).toBeCloseTo(output.values[channel * plane + i]!, 9);
        });
      }),
    );
  });

  it('of ones over ones is the map of overlap counts', () => {
    const { graph, parameters } = layerAlone(overlapLayer(doubling));
    const ones = { shape: [1, 1, 3, 4] as const, values: new Float64Array(12).fill(1) };
    const { counts } = overlapMap(doubling, [3, 4]);
    expect([...runReference(graph, { input: ones }, parameters).output!.output.values]).toEqual([...counts]);
  });

  it('differs from its direct and its pixel-shuffle form by nothing', () => {
    const layer = oneChannel(
      { ...doubling, kernelSize: [3, 3] },
      { weight: Float32Array.from({ length: 4 * 8 * 9 }, (_, i) => Math.sin(i)), bias: new Float32Array(8).fill(0.5) },
      5,
    );
    const input = { shape: [1, 4, 3, 5] as const, values: Float64Array.from({ length: 60 }, (_, i) => Math.cos(i)) };
    const own = runReference(layerAlone(layer).graph, { input }, layerAlone(layer).parameters).output!.output;
    for (const name of ['direct', 'pixelShuffle'] as const) {
      const { graph, parameters } = withDifference(alternativeOf(name, layer)!, own.shape);
      const { values } = runReference(graph, { input, layer: own }, parameters).difference!.output;
      expect(values).toHaveLength(5 * 9);
      for (const value of values) expect(Math.abs(value)).toBeLessThan(1e-12);
    }
  });
});

describe('the price of the forms of 4 → 8 channels, 4 x 4, stride 2, over 10 x 20', () => {
  const price = (name: Parameters<typeof priceOf>[0]) => priceOf(name, doubling, [10, 20]);

  it('of the layer: 8 (4 · 16) + 8 weights, each met by every input pixel', () => {
    expect(price('layer')).toMatchObject({ parameters: 520, macs: 512 * 200 });
  });

  it('of the direct convolution: the same weights on 20 x 40 outputs', () => {
    expect(price('direct')).toMatchObject({ parameters: 520, macs: 512 * 800 });
  });

  it('of the pixel shuffle: four 3 x 3 kernels instead of a 4 x 4 one, on every input pixel', () => {
    expect(price('pixelShuffle')).toMatchObject({ parameters: 4 * 8 * (4 * 9 + 1), macs: 4 * 8 * 36 * 200 });
  });

  it('of resize and convolve: the same weights on every enlarged pixel', () => {
    expect(price('resizeConvolve')).toMatchObject({ parameters: 520, macs: 512 * 800 });
  });

  it('in groups is that of the channels that a filter reads', () => {
    expect(priceOf('layer', { ...doubling, groups: 4 }, [10, 20])).toMatchObject({ parameters: 136, macs: 128 * 200 });
  });
});
