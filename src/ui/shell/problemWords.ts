/** A problem or notice of the stores, as sentences in the person's language. A code without a sentence is still said. */
import i18next, { type ParseKeys } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadWords } from '../../i18n/index.ts';
import type { Problem } from '../../live/results.ts';
import type { Notice } from '../../store/workspaceStore.ts';

export interface ProblemWords {
  readonly what: string;
  readonly todo: string;
}

/** Null while there is none, and until its words are there. */
export function useProblemWords(problem: Problem | null): ProblemWords | null {
  const { t } = useTranslation('problems');
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    if (problem) void loadWords('problems').then(() => setReady(true));
  }, [problem]);
  if (!problem || !isReady) return null;
  const { kind, code } = problem;
  const exists = (key: string) => i18next.exists(key, { ns: 'problems' });
  if (!exists(`${kind}.${code}.what`)) return { what: t('unknown.what', { code }), todo: t('unknown.todo') };
  const values: Record<string, string | number> = { ...problem.values };
  const found = `found.${values.found}`;
  if (exists(found)) values.found = t(found as 'found.text');
  // What a sentence puts in is in `values`; the key is one of many.
  const say = (part: 'what' | 'todo') => t(`${kind}.${code}.${part}` as 'unknown.todo', values);
  return { what: say('what'), todo: say('todo') };
}

export function useNoticeWords(notice: Notice | null): string | null {
  const { t } = useTranslation();
  if (!notice) return null;
  const key = `notices.${notice.code}`;
  return i18next.exists(key) ? t(key as ParseKeys, { ...notice.values }) : null;
}
