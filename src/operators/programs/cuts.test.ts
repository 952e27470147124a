import { describe, expect, it } from 'vitest';
import { cutBlocks, cutGrid, workgroupsOf } from './cuts.ts';

describe('a grid that is cut', () => {
  it('is whole in one part', () => {
    expect(cutGrid(7, 3, 1)).toEqual([{ groups: [0, 7], blocks: [0, 3] }]);
  });

  it('is cut along its blocks first, then along its groups', () => {
    expect(cutGrid(7, 3, 2)).toEqual([
      { groups: [0, 7], blocks: [0, 1] },
      { groups: [0, 7], blocks: [1, 3] },
    ]);
    const parts = cutGrid(7, 3, 5);
    expect(parts).toHaveLength(6);
    expect(parts.slice(0, 2)).toEqual([
      { groups: [0, 3], blocks: [0, 1] },
      { groups: [3, 7], blocks: [0, 1] },
    ]);
  });

  it('is never cut finer than its workgroups', () => {
    expect(cutGrid(2, 3, 100)).toHaveLength(6);
  });

  it('folds more groups than one dimension holds into rows that hold them all', () => {
    const part = { groups: [5, 25], blocks: [1, 3] } as const;
    expect(workgroupsOf(part, { maxWorkgroupsPerDimension: 8 })).toEqual({ workgroups: [7, 3, 2], perRow: 7 });
    expect(workgroupsOf(part, { maxWorkgroupsPerDimension: 65535 })).toEqual({ workgroups: [20, 1, 2], perRow: 20 });
  });

  it('counts the slots of the bound blocks alone, of all images', () => {
    const parts = cutBlocks(3, 2, 4, [5, 7], { maxWorkgroupsPerDimension: 65535 });
    expect(parts.map(({ workgroups }) => workgroups)).toEqual([0, 1, 2, 3].map(() => [3, 1, 1]));
    expect(parts.map(({ place }) => place.firstSlot)).toEqual([0, 1, 2, 3]);
    for (const { place } of parts)
      expect(place).toMatchObject({ firstGroup: 0, groupEnd: 3, firstBound: 5, boundBlocks: 2 });
  });
});
