import { describe, expect, it } from 'vitest';
import { channelOrder } from './order.ts';

const map = (energy: number, sparsity: number) => ({ min: 0, max: 1, mean: 0, p1: 0, p99: 1, energy, sparsity });
const statistics = [map(0.2, 0.5), map(0.9, 0), map(0.2, 0.75)];

describe('the order of the maps', () => {
  it('is by number, by falling energy or by falling share of zeros; equal maps keep their number', () => {
    expect(channelOrder('index', statistics, 3)).toEqual([0, 1, 2]);
    expect(channelOrder('energy', statistics, 3)).toEqual([1, 0, 2]);
    expect(channelOrder('sparsity', statistics, 3)).toEqual([2, 0, 1]);
  });

  it('stays by number until the statistics of this layer have come', () => {
    expect(channelOrder('energy', null, 3)).toEqual([0, 1, 2]);
    expect(channelOrder('energy', statistics, 2)).toEqual([0, 1]);
  });
});
