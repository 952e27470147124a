/** A problem or notice of the stores, as sentences in the person's language. A code without a sentence is still said. */
import i18next, { type ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../live/results.ts';
import type { Notice } from '../../store/workspaceStore.ts';

export interface ProblemWords {
  readonly what: string;
  readonly todo: string;
}

export function useProblemWords(problem: Problem | null): ProblemWords | null {
  const { t } = useTranslation();
  if (!problem) return null;
  const place = `problems.${problem.kind}.${problem.code}`;
  if (!i18next.exists(`${place}.what`)) {
    return { what: t('problems.unknown.what', { code: problem.code }), todo: t('problems.unknown.todo') };
  }
  const values: Record<string, unknown> = { ...problem.values };
  if (i18next.exists(`problems.found.${values.found}`)) values.found = t(`problems.found.${values.found}` as ParseKeys);
  const say = (part: 'what' | 'todo') => t(`${place}.${part}` as ParseKeys, values);
  return { what: say('what'), todo: say('todo') };
}

export function useNoticeWords(notice: Notice | null): string | null {
  const { t } = useTranslation();
  if (!notice) return null;
  const key = `notices.${notice.code}`;
  return i18next.exists(key) ? t(key as ParseKeys, { ...notice.values }) : null;
}
