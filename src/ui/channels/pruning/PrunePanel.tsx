/** What if channels went: which, what that saves, and what later layers then say. */
import { useTranslation } from 'react-i18next';
import { countOf, isChosenEmpty } from '../../../live/channels/pruning/choice.ts';
import { goesAlong } from '../../../live/channels/pruning/gone.ts';
import { Panel } from '../../components/Panel.tsx';
import { useChannelsContext, useChannelsState } from '../channels.tsx';
import { WorkProgress } from '../WorkProgress.tsx';
import { BudgetForm } from './BudgetForm.tsx';
import { Choice } from './Choice.tsx';
import { Constants } from './Constants.tsx';
import { CostTable } from './CostTable.tsx';
import { LaterLayers } from './LaterLayers.tsx';
import { NearCopies } from './NearCopies.tsx';
import { PruneExports } from './PruneExports.tsx';
import './pruning.css';
import { usePruning } from './pruning.tsx';

export function PrunePanel() {
  const { t } = useTranslation('channels');
  const state = useChannelsState();
  const planned = usePruning((results) => results.planned);
  const pruned = usePruning((results) => results.pruned);
  const progress = usePruning((results) => results.progress);
  const base = usePruning((results) => results.base);
  const chosen = countOf(state);
  const lists = base && planned?.ok ? goesAlong(base, state, planned.value) : [];
  const along = lists.reduce((sum, { count }) => sum + count, 0);
  const count = t(along > 0 ? 'pruning.metaAlong' : 'pruning.meta', { count: chosen, along });
  return (
    <Panel token="weights" title={t('pruning.title')} meta={chosen > 0 ? count : ''} className="channels-prune">
      <PruneExports />
      <div className="prune-columns" data-busy={progress !== null || undefined}>
        <div className="prune-choice">
          <Choice />
          <Constants />
          <BudgetForm />
          <Progress />
        </div>
        <div className="prune-cost">
          {pruned ? (
            <CostTable pruned={pruned} />
          ) : (
            isChosenEmpty(state) && <p className="muted">{t('pruning.none')}</p>
          )}
          <NearCopies />
        </div>
        <div className="prune-later">{pruned && <LaterLayers />}</div>
      </div>
    </Panel>
  );
}

function Progress() {
  const { t } = useTranslation('channels');
  const { pruning } = useChannelsContext();
  const progress = usePruning((results) => results.progress);
  const problem = usePruning((results) => results.problem);
  const shown = progress && { label: t(`pruning.steps.${progress.step}`), share: progress.share };
  return <WorkProgress progress={shown} problem={problem} onStop={pruning.stop} />;
}
