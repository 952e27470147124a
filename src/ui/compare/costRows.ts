/** The prices of a column beside the first column's, in words: what the table and the saved figure show. */
import type { Timing } from '../../engine/engine.ts';
import type { ColumnNetwork } from '../../live/compare/comparison.ts';
import { byteCount, exactCount, milliseconds, percent, siCount } from '../../math/format.ts';
import { type CostConvention, conventionsOf } from './costConventions.ts';
import type { Translate } from './translate.ts';

export interface CostRowWords {
  readonly key: 'parameters' | 'operations' | 'useful' | 'memory' | 'time';
  readonly name: string;
  readonly hint: string;
  readonly token: 'weights' | 'ink' | 'maps' | 'field';
  readonly value: number;
  /** The first column's; not a number where nothing is compared. */
  readonly first: number;
  readonly text: string;
  /** Where `text` is rounded. */
  readonly exact?: string;
}

/** What is counted as an operation, and where other counters differ. */
export function operationsHint(conventions: readonly CostConvention[], t: Translate): string {
  return [t('cost.operationsHint'), ...conventions.map((each) => t(`cost.conventions.${each}`))].join(' ');
}

export interface Priced extends Pick<ColumnNetwork, 'cost' | 'graph'> {
  /** Null until it has been measured. */
  readonly timing: Timing | null;
}

export function costRows({ cost, timing, graph }: Priced, first: Priced, t: Translate): readonly CostRowWords[] {
  const useful = cost.macs > 0 ? cost.usefulMacs / cost.macs : 1;
  const clock = timing?.method === 'wall' ? t('cost.wall') : t('cost.timestamp');
  return [
    {
      key: 'parameters',
      name: t('cost.parameters'),
      hint: t('cost.parametersHint'),
      token: 'weights',
      value: cost.parameters,
      first: first.cost.parameters,
      text: exactCount(cost.parameters),
    },
    {
      key: 'operations',
      name: t('cost.operations'),
      hint: operationsHint(conventionsOf(graph), t),
      token: 'ink',
      value: cost.macs,
      first: first.cost.macs,
      text: siCount(cost.macs),
      exact: exactCount(cost.macs),
    },
    {
      key: 'useful',
      name: t('cost.useful'),
      hint: t('cost.usefulHint'),
      token: 'ink',
      value: useful,
      first: Number.NaN,
      text: percent(useful),
      exact: exactCount(cost.usefulMacs),
    },
    {
      key: 'memory',
      name: t('cost.memory'),
      hint: t('cost.memoryHint'),
      token: 'maps',
      value: cost.activationBytes,
      first: first.cost.activationBytes,
      text: byteCount(cost.activationBytes),
      exact: exactCount(cost.activationBytes),
    },
    {
      key: 'time',
      name: t('cost.time'),
      hint: timing ? t('cost.timeHint', { method: clock }) : '',
      token: 'field',
      value: timing?.ms ?? Number.NaN,
      first: first.timing?.ms ?? Number.NaN,
      text: timing ? `${milliseconds(timing.ms)} ms` : '…',
    },
  ];
}
