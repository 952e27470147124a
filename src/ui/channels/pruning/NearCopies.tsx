/** Channels of the layer that say nearly the same: what each is of the other, and the choice to merge them. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { planRemoval } from '../../../analysis/pruning/planRemoval.ts';
import { withMerge, withoutMerge } from '../../../live/channels/pruning/choice.ts';
import { measured } from '../../../math/format.ts';
import { likenessRange } from '../../../store/channels.ts';
import { signedNumber } from '../../../views/numbers.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useChannels, useChannelsState, useChannelsView, useLookAtChannels, useLooked } from '../channels.tsx';
import { useChoose, usePruning, useReasonWords } from './pruning.tsx';

const mostShown = 12;

/** The pairs that are shown, each with why it cannot be merged by itself. */
function useCopies() {
  const correlations = useChannels((state) => state.correlations);
  const base = usePruning((results) => results.base);
  const looked = useLooked();
  const { likeness } = useChannelsView();
  const node = looked?.pair[0];
  return useMemo(() => {
    if (!base || !node || correlations?.nodes[0] !== node) return null;
    const near = correlations.found.copies.filter(({ correlation }) => Math.abs(correlation) >= likeness);
    const shown = near.slice(0, mostShown).map(({ correlation, ...copy }) => {
      const merge = { node, ...copy };
      const planned = planRemoval(base.graph, base.shapes, {}, [merge], base.classes);
      return { merge, correlation, whyNot: planned.ok ? null : planned.error };
    });
    const [nearest] = correlations.found.copies;
    return { shown, more: near.length - shown.length, nearest: nearest?.correlation ?? null };
  }, [base, node, correlations, likeness]);
}

export function NearCopies() {
  const { t } = useTranslation('channels');
  const copies = useCopies();
  const looked = useLooked();
  const { likeness } = useChannelsView();
  const { merges } = useChannelsState();
  const look = useLookAtChannels();
  const { change } = useChoose();
  const reasonOf = useReasonWords();
  const isChosen = (node: string, kept: number, copy: number) =>
    merges.some((each) => each.node === node && each.kept === kept && each.copy === copy);
  return (
    <section className="prune-copies" aria-label={t('pruning.copies.title')}>
      <h3>
        {t('pruning.copies.title')} <span className="mono muted">{looked?.layer.label}</span>
      </h3>
      <span className="prune-share">
        {t('pruning.copies.likeness')}
        <NumberField
          name={t('pruning.copies.likeness')}
          value={likeness}
          {...likenessRange}
          step={0.01}
          onChange={(next) => look({ likeness: next })}
        />
      </span>
      {!copies && <p className="muted small">{t('pruning.copies.waiting')}</p>}
      {copies?.shown.length === 0 && (
        <p className="muted small">
          {t('pruning.copies.none', { layer: looked?.layer.label ?? '' })}{' '}
          {copies.nearest !== null && t('pruning.copies.nearest', { correlation: signedNumber(copies.nearest) })}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul aria-label={t('pruning.copies.title')} tabIndex={0} hidden={!copies || copies.shown.length === 0}>
        {copies?.shown.map(({ merge, correlation, whyNot }) => {
          const { node, kept, copy, slope, intercept } = merge;
          const name = t('pruning.copies.merge', { copy, kept });
          return (
            <li key={`${kept} ${copy}`}>
              <label>
                <input
                  type="checkbox"
                  aria-label={name}
                  checked={isChosen(node, kept, copy)}
                  disabled={whyNot !== null && !isChosen(node, kept, copy)}
                  onChange={({ currentTarget: { checked } }) =>
                    change((chosen) => (checked ? withMerge(chosen, merge) : withoutMerge(chosen, merge)))
                  }
                />
                <span className="mono">
                  {t('pruning.copies.pair', {
                    ...{ copy, kept, slope: measured(slope) },
                    intercept: `${intercept < 0 ? '−' : '+'} ${measured(Math.abs(intercept))}`,
                  })}{' '}
                  <span className="muted">ρ {signedNumber(correlation)}</span>
                </span>
              </label>
              {whyNot && <span className="small prune-why">{reasonOf(whyNot)}</span>}
            </li>
          );
        })}
      </ul>
      {copies && copies.more > 0 && <p className="muted small">{t('pruning.copies.more', { count: copies.more })}</p>}
      <p className="muted small">{t('pruning.copies.about')}</p>
    </section>
  );
}
