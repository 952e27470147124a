/** The effective field of the pinned unit: what is measured, over which photos, the measurement, and what came of it. */
import { useTranslation } from 'react-i18next';
import type { EffectView } from '../../../../store/effectView.ts';
import { EffectControls } from './EffectControls.tsx';
import { EffectiveField } from './EffectiveField.tsx';
import { MeasurementBar } from './MeasurementBar.tsx';
import { PhotoChoice } from './PhotoChoice.tsx';
import type { ChooseEffect } from './useEffectChoice.ts';
import type { EffectNetworkState } from './useEffectNetwork.ts';
import type { UnitEffect } from './useUnitEffect.ts';

interface EffectSectionProps {
  readonly choice: EffectView;
  readonly onChoose: ChooseEffect;
  readonly seed: number;
  readonly measured: EffectNetworkState;
  readonly unitEffect: UnitEffect;
}

export function EffectSection({ choice, onChoose, seed, measured, unitEffect }: EffectSectionProps) {
  const { t } = useTranslation('network');
  const { effect, isStale, progress, problem, measure, stop } = unitEffect;
  const { network } = measured;
  const isComing = network === null && measured.problem === null;
  const wanted = isComing ? 'coming' : effect === null ? 'none' : isStale ? 'stale' : null;
  return (
    <section className="context-effective" aria-label={t('context.effect.title')}>
      <h3>{t('context.effect.title')}</h3>
      <EffectControls choice={choice} seed={seed} onChoose={onChoose} />
      <PhotoChoice choice={choice} onChoose={onChoose} />
      <MeasurementBar
        label={t('context.effect.progress')}
        wanted={wanted && t(`context.effect.${wanted}`)}
        progress={progress}
        problem={measured.problem ?? problem}
        stop={stop}
        onMeasure={network ? measure : null}
      />
      {effect && <EffectiveField effect={effect} isStale={isStale} />}
    </section>
  );
}
