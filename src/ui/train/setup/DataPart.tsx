/** The data: which, how many, and an image of every class. */
import { useTranslation } from 'react-i18next';
import { patchPhotos } from '../../../live/train/trainingSets.ts';
import { exactCount } from '../../../math/format.ts';
import { type TrainState, trainingData } from '../../../store/train.ts';
import { shapeNames } from '../../../training/data/shapes.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { OwnFiles } from '../files/OwnFiles.tsx';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';
import { Classes } from './Classes.tsx';

const fashionClasses = [
  'tShirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'boot',
] as const;

const ownNames: Readonly<Partial<Record<TrainState['data'], readonly string[]>>> = {
  shapes: shapeNames,
  patches: patchPhotos,
};

export function DataPart() {
  const { t } = useTranslation('train');
  const { data: chosen } = useTrain();
  const change = useChangeTrain();
  const data = useTraining((results) => results.data);
  const nameOf = (label: number): string => {
    const own = ownNames[chosen]?.[label];
    const fashion = fashionClasses[label];
    return own ?? (chosen === 'fashion-mnist' && fashion ? t(`data.classes.${fashion}`) : String(label));
  };
  return (
    <section className="train-part" aria-label={t('data.title')}>
      <div className="train-part-head">
        <h3>{t('data.title')}</h3>
        <SelectMenu
          label={t('data.title')}
          options={trainingData.map((value) => ({ value, label: t(`data.sets.${value}`) }))}
          value={chosen}
          onChange={(next) => change(null, { data: next })}
        />
        {data && (
          <span className="mono muted small">
            {data.train.channels} × {data.train.height} × {data.train.width}
          </span>
        )}
      </div>
      {chosen === 'files' && <OwnFiles />}
      {data && (
        <>
          <Classes images={data.train} nameOf={nameOf} />
          <p className="muted small">
            {t('data.counts', {
              train: exactCount(data.train.labels.length),
              test: exactCount(data.test.labels.length),
            })}
          </p>
        </>
      )}
    </section>
  );
}
