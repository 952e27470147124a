/** Prunes until no more than a share of the cost is left. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Budget } from '../../../analysis/pruning/pruneToBudget.ts';
import { offeredRules } from '../../../live/channels/liveliness.ts';
import type { DeadRuleName } from '../../../store/channels.ts';
import { Button } from '../../components/Button.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useChannels, useChannelsContext } from '../channels.tsx';
import { usePruning } from './pruning.tsx';

const kinds = ['macs', 'parameters'] as const;

export function BudgetForm() {
  const { t } = useTranslation('channels');
  const { pruning } = useChannelsContext();
  const [of, setOf] = useState<Budget['of']>('macs');
  const [share, setShare] = useState(50);
  const [rule, setRule] = useState<DeadRuleName>('l2');
  const isWhole = useChannels((state) => state.isWhole);
  const isWithin = usePruning((results) => results.isWithin);
  const isBusy = usePruning((results) => results.progress?.step === 'budget');
  const hasBase = usePruning((results) => results.base !== null);
  return (
    <div className="prune-budget">
      <h3>{t('pruning.budget.title')}</h3>
      <SelectMenu
        label={t('pruning.budget.of')}
        value={of}
        options={kinds.map((value) => ({ value, label: t(`pruning.budget.ofs.${value}`) }))}
        onChange={setOf}
      />
      <span className="prune-share">
        {t('pruning.budget.keep')}
        <NumberField name={t('pruning.budget.keep')} value={share} min={5} max={100} unit="%" onChange={setShare} />
      </span>
      <SelectMenu
        label={t('pruning.budget.rule')}
        value={rule}
        options={offeredRules.map((value) => ({ value, label: t(`layer.rules.${value}`) }))}
        onChange={setRule}
      />
      <Button
        disabled={!hasBase || !isWhole || isBusy}
        onClick={() => void pruning.pruneToBudget(of, share / 100, rule)}
      >
        {t('pruning.budget.start')}
      </Button>
      {isWithin !== null && (
        <p role="status" className="small">
          {t(isWithin ? 'pruning.budget.kept' : 'pruning.budget.missed')}
        </p>
      )}
    </div>
  );
}
