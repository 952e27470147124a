/** What is measured of the effective field: whose, over how many draws from which seed, which measure. */
import { useTranslation } from 'react-i18next';
import { fieldMeasures } from '../../../../graph/effectiveField/fieldMap.ts';
import { drawCounts, type EffectView, effectOvers } from '../../../../store/effectView.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { SegmentedControl } from '../../../components/SegmentedControl.tsx';
import './effect.css';
import type { ChooseEffect } from './useEffectChoice.ts';

interface EffectControlsProps {
  readonly choice: EffectView;
  /** The network's own. */
  readonly seed: number;
  readonly onChoose: ChooseEffect;
}

export function EffectControls({ choice, seed, onChoose }: EffectControlsProps) {
  const { t } = useTranslation('network');
  return (
    <>
      <div className="context-tools">
        <SegmentedControl
          label={t('context.effect.over')}
          value={choice.over}
          options={effectOvers.map((value) => ({
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
          onChange={(measure) => onChoose({ measure })}
        />
      </div>
      {choice.over === 'draws' && (
        <div className="context-tools effect-draws">
          <span>
            <span aria-hidden="true">{t('context.effect.draws')}</span>
            <NumberField
              name={t('context.effect.draws')}
              {...drawCounts}
              value={choice.draws}
              onChange={(draws) => onChoose({ draws })}
            />
          </span>
          <span>
            <span aria-hidden="true">{t('context.effect.seed')}</span>
            <NumberField
              name={t('context.effect.seed')}
              min={0}
              max={2 ** 32 - 1}
              value={choice.seed ?? seed}
              onChange={(next) => onChoose({ seed: next === seed ? null : next })}
            />
          </span>
        </div>
      )}
    </>
  );
}
