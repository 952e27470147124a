/** The worker of pruning, seen from the page: one for each question. Rejects with the signal's reason, or why the worker failed. */
import { proxy } from 'comlink';
import type { Pruned } from '../../../analysis/pruning/prune.ts';
import type { PruneError } from '../../../analysis/pruning/pruneError.ts';
import type { Budgeted } from '../../../analysis/pruning/pruneToBudget.ts';
import type { Result } from '../../../operators/operator.ts';
import { askWorker } from '../askWorker.ts';
import { type BudgetQuestion, type WhatIfQuestion, wholePruned } from './whatIf.ts';

type Worked = typeof import('./whatIf.ts');

const started = () => new Worker(new URL('./pruningWorker.ts', import.meta.url), { type: 'module', name: 'pruning' });

export async function pruneAside(question: WhatIfQuestion, signal: AbortSignal): Promise<Result<Pruned, PruneError>> {
  const ask = askWorker<Worked, Awaited<ReturnType<Worked['whatIf']>>>;
  const answer = await ask(started(), ({ whatIf }) => whatIf(question), signal);
  return answer.ok ? { ok: true, value: wholePruned(answer.value, question.parameters) } : answer;
}

export function budgetAside(
  question: BudgetQuestion,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Budgeted> {
  const ask = askWorker<Worked, Budgeted>;
  return ask(started(), ({ removalWithin }) => removalWithin(question, proxy(onProgress)), signal);
}
