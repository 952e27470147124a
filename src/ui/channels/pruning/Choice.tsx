/** Which channels go: by the rule, in this layer or in all, or tile by tile; what goes along, or why it cannot be. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isChosenEmpty, withRemoved } from '../../../live/channels/pruning/choice.ts';
import { goesAlong, goneOf } from '../../../live/channels/pruning/gone.ts';
import { type Marked, markedIn } from '../../../live/channels/pruning/marked.ts';
import { Button } from '../../components/Button.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useChannels, useChannelsContext, useChannelsState, useChannelsView, useLooked } from '../channels.tsx';
import { useChoose, useGone, usePruning, useReasonWords } from './pruning.tsx';

/** What the rule marks, in the layer that is looked at and in all. */
function useMarked(): { readonly here: Marked; readonly all: readonly Marked[] } | null {
  const base = usePruning((results) => results.base);
  const measured = useChannels((state) => state.measured);
  const looked = useLooked();
  const { rule, threshold } = useChannelsView();
  const state = useChannelsState();
  const planned = usePruning((results) => (results.planned?.ok ? results.planned.value : null));
  return useMemo(() => {
    if (!base || !looked) return null;
    const all = base.subject.layers.map((layer) =>
      markedIn(base, measured, layer, { rule, threshold }, goneOf(state, planned, layer)),
    );
    const here = all.find(({ node }) => node === looked.layer.node);
    return here ? { here, all } : null;
  }, [base, measured, looked, rule, threshold, state, planned]);
}

export function Choice() {
  const { t } = useTranslation('channels');
  const marked = useMarked();
  const layer = useLooked()?.layer;
  const gone = useGone(layer);
  const state = useChannelsState();
  const { marking } = useChannelsContext();
  const isMarking = useStore(marking, ({ on }) => on);
  const { change, remove, putBack, clear } = useChoose();
  const reasonOf = useReasonWords();
  if (!marked || !layer || !gone) return null;
  const { here, all } = marked;
  const inAll = all.reduce((sum, { channels }) => sum + channels.length, 0);
  const isLayerWhole = gone.chosen.size + gone.along.size === 0;
  return (
    <div className="prune-buttons">
      <Button disabled={here.channels.length === 0} onClick={() => remove(here.node, here.channels)}>
        {here.channels.length > 0 ? t('pruning.byRule', { count: here.channels.length }) : t('pruning.byRuleNone')}
      </Button>
      <Button
        disabled={inAll === 0}
        title={t('pruning.byRuleAllHint')}
        onClick={() =>
          change((chosen) => all.reduce((sum, { node, channels }) => withRemoved(sum, node, channels), chosen))
        }
      >
        {t('pruning.byRuleAll', { count: inAll })}
      </Button>
      <Button disabled={isLayerWhole} onClick={() => putBack(layer.node, [...gone.chosen, ...gone.along])}>
        {t('pruning.backLayer')}
      </Button>
      <Button disabled={isChosenEmpty(state)} onClick={clear}>
        {t('pruning.backAll')}
      </Button>
      <Toggle
        label={t('pruning.tap')}
        hint={t('pruning.tapHint')}
        checked={isMarking}
        onChange={(on) => marking.setState({ on })}
      />
      {here.whyNot && (
        <p className="small muted">{t('pruning.stay', { count: here.staying, reason: reasonOf(here.whyNot) })}</p>
      )}
      <Consequences />
    </div>
  );
}

function Consequences() {
  const { t } = useTranslation('channels');
  const base = usePruning((results) => results.base);
  const planned = usePruning((results) => results.planned);
  const state = useChannelsState();
  const reasonOf = useReasonWords();
  if (!base || !planned) return null;
  if (!planned.ok)
    return (
      <p role="alert" className="channels-problem">
        {t('pruning.cannot', { reason: reasonOf(planned.error) })}
      </p>
    );
  const along = goesAlong(base, state, planned.value);
  if (along.length === 0) return null;
  const list = along.map(({ label, count }) => `${label} ×${count}`).join(', ');
  return <p className="small prune-along">{t('pruning.goesAlong', { list })}</p>;
}
