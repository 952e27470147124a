import { expect, it } from 'vitest';
import { isHeightMessage, isLookMessage } from './embedMessages.ts';

it('a height is taken when it is one', () => {
  expect(isHeightMessage({ type: 'conv-scope-height', height: 512 })).toBe(true);
  for (const height of [0, -3, Number.NaN, Number.POSITIVE_INFINITY, 1e9, '512', null])
    expect(isHeightMessage({ type: 'conv-scope-height', height })).toBe(false);
  for (const data of [null, 'conv-scope-height', { height: 512 }, { type: 'other', height: 512 }])
    expect(isHeightMessage(data)).toBe(false);
});

it('a look is taken when both of its values are ones that there are, or left as they are', () => {
  expect(isLookMessage({ type: 'conv-scope-look', theme: 'dark', lang: null })).toBe(true);
  expect(isLookMessage({ type: 'conv-scope-look', theme: null, lang: 'ko' })).toBe(true);
  expect(isLookMessage({ type: 'conv-scope-look', theme: 'pink', lang: null })).toBe(false);
  expect(isLookMessage({ type: 'conv-scope-look', theme: 'dark' })).toBe(false);
  expect(isLookMessage({ theme: 'dark', lang: 'ko' })).toBe(false);
});
