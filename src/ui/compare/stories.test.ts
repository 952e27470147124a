import { expect, it } from 'vitest';
import { columnCount, defaultCompare, fitCompare } from '../../store/compare.ts';
import { stories, storyNames, storyOf } from './stories.ts';

it.each(storyNames)('the comparison "%s" has two to four columns that stand as they are', (name) => {
  for (const channels of [8, 16, 64]) {
    const compare = { ...defaultCompare, stem: { ...defaultCompare.stem, channels }, outChannels: channels };
    const columns = stories[name](compare);
    expect(columns.length).toBeGreaterThanOrEqual(2);
    expect(columns.length).toBeLessThanOrEqual(columnCount.max);
    expect(fitCompare({ ...compare, columns }).columns).toEqual(columns);
    expect(storyOf({ ...compare, columns })).toBe(name);
  }
});

it('columns that tell no story are a person’s own', () => {
  expect(storyOf(defaultCompare)).toBe('kinds');
  expect(storyOf({ ...defaultCompare, columns: defaultCompare.columns.slice(1) })).toBeNull();
});
