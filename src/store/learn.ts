/** Where one is in Learn: the chapter, and what of it has been tried and predicted. Kept and linked, never undone. */
import { fieldsOf, listOf, readOneOf } from './fields.ts';

export const chapterNames = [
  'layer',
  'locality',
  'cost',
  'context',
  'expense',
  'dead',
  'correlation',
  'kinds',
  'wider',
  'transposed',
  'choosing',
  'running',
] as const;
export type ChapterName = (typeof chapterNames)[number];

/** What a chapter asks of its reader: one thing to try, and two predictions. */
export const taskNames = ['try', 'one', 'two'] as const;
export type TaskName = (typeof taskNames)[number];

export interface LearnView {
  readonly chapter: ChapterName;
  /** What has been done of each chapter, in the order of `taskNames`. */
  readonly done: Readonly<Partial<Record<ChapterName, readonly TaskName[]>>>;
  /** The state is the figure of this chapter by itself, as it stands in somebody else's page; null: it is the page's own. */
  readonly figure: ChapterName | null;
}

export const defaultLearn: LearnView = { chapter: 'layer', done: {}, figure: null };

export function parseLearn(value: unknown): LearnView {
  const fields = fieldsOf(value) ?? {};
  const done = fieldsOf(fields.done) ?? {};
  return {
    chapter: readOneOf(fields.chapter, chapterNames, defaultLearn.chapter),
    done: Object.fromEntries(
      chapterNames.flatMap((chapter) => {
        const named = listOf(done[chapter]);
        const tasks = taskNames.filter((task) => named.includes(task));
        return tasks.length > 0 ? [[chapter, tasks]] : [];
      }),
    ),
    figure: chapterNames.find((chapter) => chapter === fields.figure) ?? null,
  };
}

export function withDone(view: LearnView, chapter: ChapterName, task: TaskName): LearnView {
  const before = view.done[chapter] ?? [];
  const after = taskNames.filter((name) => name === task || before.includes(name));
  return { ...view, done: { ...view.done, [chapter]: after } };
}

export function isFinished({ done }: LearnView, chapter: ChapterName): boolean {
  return taskNames.every((task) => done[chapter]?.includes(task));
}
