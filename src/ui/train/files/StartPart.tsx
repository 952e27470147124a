/** The weights before the first step: drawn by the seed, or those of a file; and which runs they fit. */
import { useTranslation } from 'react-i18next';
import { filesFor, trainStarts } from '../../../store/train.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { ProblemLine } from '../ProblemLine.tsx';
import { runName } from '../runNames.ts';
import { runProblem } from '../runProblem.ts';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';
import { FileButton } from './FileButton.tsx';
import { FileList } from './FileList.tsx';
import './files.css';
import { useTakeFiles } from './useTakeFiles.ts';

export function StartPart() {
  const { t } = useTranslation('train');
  const state = useTrain();
  const change = useChangeTrain();
  const { takeWeights } = useTakeFiles();
  const problem = useTraining((results) => results.startProblem);
  const files = filesFor('weights', state);
  return (
    <section className="train-part" aria-label={t('start.title')}>
      <div className="train-choice">
        <span>{t('start.title')}</span>
        <SelectMenu
          label={t('start.title')}
          options={trainStarts.map((value) => ({ value, label: t(`start.from.${value}`) }))}
          value={state.start}
          onChange={(start) => change(null, { start })}
        />
      </div>
      {state.start === 'file' && (
        <div className="train-own">
          <FileList label={t('start.file')} files={files} />
          <ProblemLine problem={problem} isQuiet={files.length === 0} />
          {files.length > 0 && !problem && <Fits />}
          <span className="train-own-buttons">
            <FileButton
              label={t('start.choose')}
              accept=".safetensors,.npz"
              onFiles={([file]) => file && void takeWeights(file)}
            />
          </span>
          <p className="muted small">{t('start.words')}</p>
        </div>
      )}
    </section>
  );
}

/** Run by run: the weights fit, or the first tensor that differs. */
function Fits() {
  const { t } = useTranslation('train');
  const { compare } = useTrain();
  const runs = useTraining((results) => results.runs);
  return (
    <div role="status">
      <ul className="train-fits small">
        {runs.map(({ name, variant, problem }) => (
          <li key={name} className={problem ? 'train-problem' : undefined}>
            <strong className="mono">{runName(variant, compare)}</strong>{' '}
            {problem ? runProblem(problem, t) : t('start.fits')}
          </li>
        ))}
      </ul>
    </div>
  );
}
