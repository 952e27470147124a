import { describe, expect, it } from 'vitest';
import {
  blocksPerGroup,
  coveredBlocks,
  floatsPerBlock,
  lastFirstBlock,
  packedFloats,
  packingOf,
  packWeights,
  type WeightOrder,
} from './weights.ts';

const rows: WeightOrder = { taps: 'rows', filters: 4, groups: 1, outChannels: 2, inChannels: 1, kernel: [2, 3] };

describe('packed weights', () => {
  it('begin each block with its biases and go down the columns of the kernel', () => {
    const weight = Float32Array.from([1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]);
    const packed = packWeights(rows, { weight, bias: Float32Array.from([7, 8]) });
    expect([...packed]).toEqual(
      [
        [7, 8, 0, 0],
        [1, 10, 0, 0],
        [4, 40, 0, 0],
        [2, 20, 0, 0],
        [5, 50, 0, 0],
        [3, 30, 0, 0],
        [6, 60, 0, 0],
      ].flat(),
    );
  });

  it('go along the rows and pad the channels to fours for dense', () => {
    const order: WeightOrder = { taps: 'blocks', filters: 4, groups: 1, outChannels: 1, inChannels: 2, kernel: [1, 2] };
    const packed = packWeights(order, { weight: Float32Array.from([1, 2, 3, 4]), bias: null });
    const ofFilter0 = [...packed].filter((_, i) => i % 4 === 0);
    // Bias, then tap 0 with channels 0..3, then tap 1.
    expect(ofFilter0).toEqual([0, 1, 3, 0, 0, 2, 4, 0, 0]);
  });

  it('go down the columns for four channels at a time', () => {
    const order: WeightOrder = {
      taps: 'columns',
      filters: 4,
      groups: 1,
      outChannels: 1,
      inChannels: 5,
      kernel: [2, 1],
    };
    // Channel c has the kernel (2c + 1, 2c + 2).
    const packed = packWeights(order, { weight: Float32Array.from({ length: 10 }, (_, i) => i + 1), bias: null });
    const ofFilter0 = [...packed].filter((_, i) => i % 4 === 0);
    expect(ofFilter0).toEqual([0, 1, 3, 5, 7, 2, 4, 6, 8, 9, 0, 0, 0, 10, 0, 0, 0]);
  });

  it('keep groups apart: 3 filters in each of 2 groups fill 2 blocks of 4', () => {
    const order: WeightOrder = { taps: 'rows', filters: 4, groups: 2, outChannels: 6, inChannels: 2, kernel: [1, 1] };
    expect(blocksPerGroup(order)).toBe(1);
    expect(floatsPerBlock(order)).toBe(8);
    expect(packedFloats(order)).toBe(16);
    const packed = packWeights(order, { weight: Float32Array.from([1, 2, 3, 4, 5, 6]), bias: null });
    expect([...packed]).toEqual([0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 4, 5, 6, 0]);
  });

  it('have zeros where a group that does not come in fours shares blocks with others', () => {
    const order: WeightOrder = { taps: 'blocks', filters: 4, groups: 3, outChannels: 3, inChannels: 9, kernel: [1, 1] };
    // Channels 3, 4, 5 lie in the first two blocks; 6, 7, 8 in the last two, behind which nothing is read.
    expect([coveredBlocks(3, 3), lastFirstBlock(order)]).toEqual([2, 1]);
    const packed = packWeights(order, { weight: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), bias: null });
    const ofFilter0 = [...packed].filter((_, i) => i % 4 === 0);
    expect(ofFilter0).toEqual(
      [
        [0, 1, 2, 3, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 4, 5, 6, 0, 0],
        [0, 0, 0, 7, 8, 9, 0, 0, 0],
      ].flat(),
    );
  });

  it('have zeros between the groups of a bundle', () => {
    const order: WeightOrder = {
      ...{ taps: 'blocks', filters: 4, groups: 1, outChannels: 4, inChannels: 4, kernel: [1, 1] },
      members: 2,
    };
    // Two filters of two channels each, twice.
    const packed = packWeights(order, { weight: Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]), bias: null });
    const filter = (f: number) => [...packed].filter((_, i) => i % 4 === f);
    expect([0, 1, 2, 3].map(filter)).toEqual([
      [0, 1, 2, 0, 0],
      [0, 3, 4, 0, 0],
      [0, 0, 0, 5, 6],
      [0, 0, 0, 7, 8],
    ]);
  });

  it('are the same whole and block by block', () => {
    const order: WeightOrder = {
      taps: 'blocks',
      filters: 4,
      groups: 3,
      outChannels: 21,
      inChannels: 9,
      kernel: [1, 2],
    };
    const values = {
      weight: Float32Array.from({ length: 21 * 3 * 2 }, (_, i) => i + 1),
      bias: Float32Array.from({ length: 21 }, (_, i) => -i),
    };
    const { blocks, perBlock, pack } = packingOf(order, 'storage');
    expect(blocks).toBe(6);
    const parts = Array.from({ length: blocks }, (_, block) => pack(values, [block, block + 1]));
    expect(parts.map(({ length }) => length)).toEqual(parts.map(() => perBlock));
    expect(parts.flatMap((part) => [...part])).toEqual([...packWeights(order, values)]);
  });
});
