import { expect, it } from 'vitest';
import { columnCount, defaultCompare, fitCompare } from '../../store/compare.ts';
import { stories, storyNames } from './stories.ts';

it.each(storyNames)('the comparison "%s" has two to four columns that stand as they are', (name) => {
  for (const channels of [8, 16, 64]) {
    const compare = { ...defaultCompare, stem: { ...defaultCompare.stem, channels }, outChannels: channels };
    const columns = stories[name](compare);
    expect(columns.length).toBeGreaterThanOrEqual(2);
    expect(columns.length).toBeLessThanOrEqual(columnCount.max);
    expect(fitCompare({ ...compare, columns }).columns).toEqual(columns);
  }
});
