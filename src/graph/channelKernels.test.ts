import { describe, expect, it } from 'vitest';
import { createConv2d } from '../operators/conv2d/index.ts';
import { channelKernels, composedKernels, sliceNorms } from './channelKernels.ts';

const conv = (inChannels: number, outChannels: number, groups: number, taps = 1) =>
  createConv2d({ inChannels, outChannels, groups, kernelSize: [1, taps], bias: false });

describe('the kernels between channels', () => {
  it('of a grouped layer stand in blocks along the diagonal', () => {
    const kernels = channelKernels(conv(4, 2, 2, 2), Float32Array.of(3, 4, 0, 1, 6, 8, 5, 12));
    expect([...kernels.connected]).toEqual([1, 1, 0, 0, 0, 0, 1, 1]);
    expect([...sliceNorms(kernels)]).toEqual([5, 1, 0, 0, 0, 0, 10, 13]);
  });

  it('of a depthwise layer and the mixture behind it are their product: every output reads every input', () => {
    const depthwise = channelKernels(conv(2, 2, 2, 2), Float32Array.of(1, 2, 3, 4));
    const pointwise = channelKernels(conv(2, 2, 1), Float32Array.of(1, -1, 0, 2));
    const { values, connected } = composedKernels(depthwise, pointwise);
    expect([...values]).toEqual([1, 2, -3, -4, 0, 0, 6, 8]);
    expect([...connected]).toEqual([1, 1, 1, 1]);
  });

  it('of two grouped layers cross the groups only where the channels are shuffled between them', () => {
    const grouped = channelKernels(conv(4, 4, 2), Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1));
    expect([...composedKernels(grouped, grouped).connected]).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1]);
    expect([...composedKernels(grouped, grouped, [0, 2, 1, 3]).connected]).toEqual(Array(16).fill(1));
  });
});
