/** How it is trained: rate, batch, epochs, optimiser, schedule, seed, batch norm, augmentation. A change asks for other runs. */
import { useTranslation } from 'react-i18next';
import { defaultTrain, optimiserNames, scheduleNames, type TrainState, trainRanges } from '../../../store/train.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { NumberSlider } from '../../components/NumberSlider.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { Toggle } from '../../components/Toggle.tsx';
import { useChangeTrain, useTrain } from '../train.tsx';

const torchNames = { sgd: 'SGD', adam: 'Adam', adamw: 'AdamW' } as const;

export function SettingsPart() {
  const { t } = useTranslation('train');
  const state = useTrain();
  const change = useChangeTrain();
  const { augment } = state;
  const number = (
    name: 'learningRate' | 'batchSize' | 'epochs' | 'weightDecay' | 'momentum',
    more: { readonly step?: number; readonly logarithmic?: boolean },
  ) => (
    <NumberSlider
      name={t(`settings.${name}`)}
      label={t(`settings.${name}`)}
      {...trainRanges[name]}
      {...more}
      value={state[name]}
      resetValue={defaultTrain[name]}
      onChange={(next) => change(name, { [name]: next } as Partial<TrainState>)}
    />
  );
  return (
    <section className="train-part train-settings" aria-label={t('settings.title')}>
      <h3>{t('settings.title')}</h3>
      {number('learningRate', { step: 0.00001, logarithmic: true })}
      {number('batchSize', { step: 8, logarithmic: true })}
      {number('epochs', { logarithmic: true })}
      {number('weightDecay', { step: 0.0001 })}
      {state.optimiser === 'sgd' && number('momentum', { step: 0.001 })}
      <div className="train-choice">
        <span>{t('settings.optimiser')}</span>
        <SelectMenu
          mono
          label={t('settings.optimiser')}
          options={optimiserNames.map((value) => ({ value, label: torchNames[value] }))}
          value={state.optimiser}
          onChange={(next) => change(null, { optimiser: next })}
        />
      </div>
      <div className="train-choice">
        <span>{t('settings.schedule')}</span>
        <SelectMenu
          label={t('settings.schedule')}
          options={scheduleNames.map((value) => ({ value, label: t(`settings.schedules.${value}`) }))}
          value={state.schedule}
          onChange={(next) => change(null, { schedule: next })}
        />
      </div>
      <div className="train-choice">
        <span>{t('settings.seed')}</span>
        <NumberField
          name={t('settings.seed')}
          min={0}
          max={2 ** 32 - 1}
          value={state.seed}
          onChange={(seed) => change('seed', { seed })}
        />
      </div>
      {state.network === 'nin' && (
        <Toggle
          label={t('settings.batchNorm')}
          checked={state.batchNorm}
          onChange={(batchNorm) => change(null, { batchNorm })}
        />
      )}
      <Toggle
        label={t('settings.flip')}
        checked={augment.flip}
        onChange={(flip) => change(null, { augment: { ...augment, flip } })}
      />
      <Toggle
        label={t('settings.crop')}
        checked={augment.crop}
        onChange={(crop) => change(null, { augment: { ...augment, crop } })}
      />
    </section>
  );
}
