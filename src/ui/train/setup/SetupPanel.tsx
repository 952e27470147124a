/** Left: what is trained, on what, how; and the buttons that let it run. */
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { StartPart } from '../files/StartPart.tsx';
import { useTrain, useTraining } from '../train.tsx';
import { DataPart } from './DataPart.tsx';
import { NetworkPart } from './NetworkPart.tsx';
import { PlayPart } from './PlayPart.tsx';
import { SettingsPart } from './SettingsPart.tsx';
import './setup.css';
import { VariantsPart } from './VariantsPart.tsx';

export function SetupPanel() {
  const { t } = useTranslation('train');
  const { network } = useTrain();
  const scale = useTraining((results) => results.scale);
  return (
    <Panel token="input" title={t('setup.title')} className="train-setup">
      <PlayPart />
      {scale?.pace === 'software' && (
        <p className="train-slow small">
          {t(`setup.software.${network}`, { train: scale.trainImages, test: scale.testImages })}
        </p>
      )}
      <VariantsPart />
      <DataPart />
      <NetworkPart />
      <StartPart />
      <SettingsPart />
    </Panel>
  );
}
