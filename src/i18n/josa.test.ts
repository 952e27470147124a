import { expect, test } from 'vitest';
import { withJosa } from './josa.ts';

test('a Hangul word takes the form of its last syllable', () => {
  expect(withJosa('필터', '을/를')).toBe('필터를');
  expect(withJosa('응답', '을/를')).toBe('응답을');
});

test('an attribute name takes the form of how it is read aloud: 패딩을, 스트라이드를', () => {
  expect(withJosa('padding', '을/를')).toBe('padding을');
  expect(withJosa('stride', '을/를')).toBe('stride를');
  expect(withJosa('padding top', '이/가')).toBe('padding top이');
});

test('a number takes the form of its last digit: 3(삼)으로, 7(칠)로, 10(십)으로', () => {
  expect(withJosa('3', '으로/로')).toBe('3으로');
  expect(withJosa('7', '으로/로')).toBe('7로');
  expect(withJosa('10', '으로/로')).toBe('10으로');
  expect(withJosa('2', '은/는')).toBe('2는');
  expect(withJosa('(1, 6)', '은/는')).toBe('(1, 6)은');
});
