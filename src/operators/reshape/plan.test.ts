import { describe, expect, it } from 'vitest';
import { planReshape } from './plan.ts';

const traits = { maxWorkgroupsPerDimension: 65535 };

describe('a reshape', () => {
  it('flattens maps as layers leave them, for a fully connected layer to read: no repacking on either side', () => {
    const plan = planReshape({ kind: 'reshape', shape: [1, 120, 1, 1] }, [1, 8, 3, 5], [1, 120, 1, 1], traits);
    expect(plan).toMatchObject({ inputLayouts: ['blocked'], outputLayout: 'blocked' });
    expect(plan.passes).toHaveLength(1);
  });

  it('reads planar maps where the last block of channels has gaps, or where maps stay maps', () => {
    const gaps = planReshape({ kind: 'reshape', shape: [1, 36, 1, 1] }, [1, 6, 2, 3], [1, 36, 1, 1], traits);
    expect(gaps).toMatchObject({ inputLayouts: ['planar'], outputLayout: 'blocked' });
    const maps = planReshape({ kind: 'reshape', shape: [1, 4, 3, 2] }, [1, 4, 2, 3], [1, 4, 3, 2], traits);
    expect(maps).toMatchObject({ inputLayouts: ['planar'], outputLayout: 'planar' });
  });
});
