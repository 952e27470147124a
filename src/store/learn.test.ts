import { expect, test } from 'vitest';
import { defaultLearn, isFinished, parseLearn, withDone } from './learn.ts';

test('what nobody wrote is the first chapter, with nothing done', () => {
  expect(parseLearn(null)).toEqual(defaultLearn);
  expect(parseLearn({ chapter: 'nowhere', done: { layer: ['none'], elsewhere: ['try'] }, figure: 3 })).toEqual(
    defaultLearn,
  );
});

test('tasks are kept once and in their order; a chapter is finished when all are done', () => {
  let view = withDone(withDone(withDone(defaultLearn, 'cost', 'two'), 'cost', 'try'), 'cost', 'two');
  expect(view.done).toEqual({ cost: ['try', 'two'] });
  expect(isFinished(view, 'cost')).toBe(false);
  view = withDone(view, 'cost', 'one');
  expect(isFinished(view, 'cost')).toBe(true);
  expect(isFinished(view, 'layer')).toBe(false);
  expect(parseLearn(JSON.parse(JSON.stringify(view)))).toEqual(view);
});
