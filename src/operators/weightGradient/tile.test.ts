import { describe, expect, it } from 'vitest';
import { weightGradientCases } from '../../../tests/support/cases/training.ts';
import type { WeightGradient } from './attributes.ts';
import { mostSums, productTile, tileOf } from './tile.ts';

const gradient = (inChannels: number, outChannels: number, kernel: number, groups = 1): WeightGradient => ({
  ...{ kind: 'weight_gradient', inChannels, outChannels, groups, kernelSize: [kernel, kernel] },
  ...{ stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
});

describe('the tile of a gradient at a weight on a GPU', () => {
  it('is a workgroup’s where filters and columns fill it, the smaller one where that leaves less over', () => {
    expect(productTile(gradient(64, 64, 3))).toMatchObject({ kind: 'products', filters: 64 });
    expect(productTile(gradient(192, 160, 1))).toMatchObject({ kind: 'products', filters: 32 });
    expect(productTile(gradient(64, 128, 3, 2))).toMatchObject({ kind: 'products', filters: 64 });
  });

  it('is an invocation’s for images, few filters and groups that do not come in fours', () => {
    for (const one of [gradient(3, 64, 3), gradient(64, 4, 3), gradient(60, 60, 3, 10), gradient(64, 64, 3, 64)])
      expect(productTile(one)).toBeNull();
    expect(tileOf(gradient(3, 64, 3), mostSums)).toMatchObject({ kind: 'scalar', filters: 8, channels: 3 });
  });

  it('is of both sizes among the cases that are held to float64', () => {
    const filters = weightGradientCases.edges.map(({ operator }) =>
      operator.kind === 'weight_gradient' ? productTile(operator)?.filters : undefined,
    );
    expect(new Set(filters)).toEqual(new Set([undefined, 64, 32]));
  });
});
