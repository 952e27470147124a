import { describe, expect, it } from 'vitest';
import { defaultLoss, mostSubstitutes } from './loss.ts';
import { parseLoss } from './parse/parseLoss.ts';

describe('what is lost, from anything', () => {
  it('is what it says, sizes as whole numbers from 1 on', () => {
    const told = {
      layer: 'explore',
      by: 'weights',
      substitutes: [
        { kind: 'grouped', size: 8 },
        { kind: 'low_rank', size: -3 },
        { kind: 'dilated', size: 'x' },
      ],
    };
    expect(parseLoss(told)).toEqual({
      ...told,
      substitutes: [
        { kind: 'grouped', size: 8 },
        { kind: 'low_rank', size: 1 },
        { kind: 'dilated', size: 1 },
      ],
    });
    expect(parseLoss(JSON.parse(JSON.stringify(defaultLoss)))).toEqual(defaultLoss);
  });

  it('is the default where it says nothing, or what is not known', () => {
    for (const value of [null, 3, 'x', [], {}, { layer: 'x', by: 'x', substitutes: 'x' }])
      expect(parseLoss(value)).toEqual(defaultLoss);
  });

  it('has no substitute of a kind that there is not, and not more than it may; none, where none are said', () => {
    const many = Array.from({ length: 40 }, () => ({ kind: 'pointwise', size: 1 }));
    expect(parseLoss({ substitutes: [{ kind: 'x', size: 1 }, null, ...many] }).substitutes).toHaveLength(
      mostSubstitutes,
    );
    expect(parseLoss({ substitutes: [] }).substitutes).toEqual([]);
  });
});
