/** One network of the comparison: its field on the scale of all, in figures, and what happened, in a sentence. */
import { useTranslation } from 'react-i18next';
import type { FieldSummary } from '../../../../../graph/effectiveField/summary.ts';
import type { Field } from '../../../../../graph/field/receptiveField.ts';
import type { Effect } from '../../../../../live/network/effect/unitEffect.ts';
import { exactCount, percent } from '../../../../../math/format.ts';
import { sizeOf } from '../../../../../math/intervals.ts';
import { EffectHeat } from '../EffectHeat.tsx';
import type { Compared } from './useAlterations.ts';

interface AlterationCardProps {
  readonly row: Compared;
  readonly effect: Effect | null;
  /** Of the network itself, once it is measured. */
  readonly own: FieldSummary | null;
  /** The theoretical field on the photo. */
  readonly field: Field | null;
  /** The part of the photo that every card shows. */
  readonly window: Field | null;
  readonly colours: Uint8Array;
}

export function AlterationCard({ row, effect, own, field, window, colours }: AlterationCardProps) {
  const { t } = useTranslation('network');
  const summary = effect?.summary ?? null;
  return (
    <li className="alteration" aria-disabled={row.kind === 'unaltered' || undefined}>
      {summary && field && window ? (
        <EffectHeat map={effect!.map} box={window} field={field} colours={colours} square={summary.square} />
      ) : (
        <span className="effect-heat alteration-blank" aria-hidden="true" />
      )}
      <div>
        <h4>{title()}</h4>
        {summary && field && (
          <p className="mono alteration-figures">
            {t('context.alteration.figures', {
              sigma: `${summary.std.h.toFixed(1)} × ${summary.std.w.toFixed(1)}`,
              side: summary.square.side,
              set: exactCount(summary.smallest.count),
              share: percent(summary.smallest.count / (sizeOf(field.h) * sizeOf(field.w))),
            })}
          </p>
        )}
        <p className="muted">
          {effect && !summary ? t('context.effect.dead') : sentence()} {row.kind === 'altered' && change()}
        </p>
      </div>
    </li>
  );

  function title(): string {
    if (row.kind === 'itself') return t('context.alteration.itself');
    if (row.kind === 'unaltered') return t(`context.alteration.names.${row.ingredient}`);
    const { way, count } = row.altered;
    return t(`context.alteration.ways.${way}`, { name: t(`context.alteration.names.${row.ingredient}`), count });
  }

  function sentence(): string {
    if (row.kind === 'itself') return t('context.alteration.itselfText');
    if (row.kind === 'unaltered') return t(`context.alteration.reasons.${row.reason}`);
    const { way } = row.altered;
    const name = row.ingredient;
    if (name === 'strideOrder' || name === 'dropout') return t(`context.alteration.texts.${name}`);
    return t(`context.alteration.texts.${name}.${way === 'removed' ? 'removed' : 'added'}`);
  }

  /** Of the standard deviation, in the mean of both axes. */
  function change(): string {
    if (!summary || !own) return '';
    const ratio = Math.sqrt((summary.std.h ** 2 + summary.std.w ** 2) / (own.std.h ** 2 + own.std.w ** 2));
    const word = ratio > 1.05 ? 'wider' : ratio < 0.95 ? 'narrower' : 'same';
    return t(`context.alteration.changes.${word}`, { times: ratio.toFixed(2) });
  }
}
