/** What is measured of the effective field, and the measurement: begun by hand where it takes long, with its progress and an end. */
import { useTranslation } from 'react-i18next';
import { fieldMeasures } from '../../../../graph/effectiveField/fieldMap.ts';
import { percent } from '../../../../math/format.ts';
import { Button } from '../../../components/Button.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import { useProblemWords } from '../../../shell/problemWords.ts';
import type { EffectChoice } from './useEffectChoice.ts';
import type { UnitEffect } from './useUnitEffect.ts';
import './effect.css';

interface EffectControlsProps {
  readonly choice: EffectChoice;
  readonly onChoose: (change: Partial<EffectChoice>) => void;
  readonly unitEffect: UnitEffect;
}

export function EffectControls({ choice, onChoose, unitEffect }: EffectControlsProps) {
  const { t } = useTranslation('network');
  const { effect, isStale, progress, problem, measure, stop } = unitEffect;
  const words = useProblemWords(problem);
  return (
    <>
      <div className="context-tools">
        <SegmentedControl
          label={t('context.effect.over')}
          value={choice.over}
          options={(['unit', 'draws'] as const).map((value) => ({
            value,
            label: t(`context.effect.overs.${value}`, { count: choice.draws }),
            hint: t(`context.effect.overHints.${value}`),
          }))}
          onChange={(over) => onChoose({ over })}
        />
        <SegmentedControl
          label={t('context.effect.measure')}
          value={choice.measure}
          options={fieldMeasures.map((value) => ({
            value,
            label: t(`context.effect.measures.${value}`),
            name: t(`context.effect.measureNames.${value}`),
            hint: t(`context.effect.measureHints.${value}`),
          }))}
          onChange={(next) => onChoose({ measure: next })}
        />
      </div>
      {problem !== null && (
        <p role="alert" className="network-problem">
          {words?.what} {words?.todo}
        </p>
      )}
      {progress !== null ? (
        <p className="effect-progress">
          <progress max={1} value={progress} aria-label={t('context.effect.progress')} />
          <span className="mono">{percent(progress)}</span>
          <Button size="small" onClick={stop}>
            {t('context.effect.stop')}
          </Button>
        </p>
      ) : (
        (effect === null || isStale) && (
          <p className="effect-progress">
            <span className="muted">{t(effect === null ? 'context.effect.none' : 'context.effect.stale')}</span>
            <Button size="small" onClick={measure}>
              {t('context.effect.run')}
            </Button>
          </p>
        )
      )}
    </>
  );
}
