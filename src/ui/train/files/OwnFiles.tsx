/** A person's own data set: its files, the button that adds more, and what is wrong with them. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { filesFor } from '../../../store/train.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemLine } from '../ProblemLine.tsx';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';
import { FileButton } from './FileButton.tsx';
import { FileList } from './FileList.tsx';
import './files.css';
import { useTakeFiles } from './useTakeFiles.ts';

export function OwnFiles() {
  const { t } = useTranslation('train');
  const state = useTrain();
  const problem = useTraining((results) => results.problem);
  const change = useChangeTrain();
  const { addData } = useTakeFiles();
  const files = filesFor('data', state);
  return (
    <div className="train-own">
      <FileList label={t('data.files')} files={files} />
      {problem?.kind === 'file' && <ProblemLine problem={problem} isQuiet={files.length === 0} />}
      <span className="train-own-buttons">
        <FileButton multiple label={t('data.add')} onFiles={(chosen) => void addData(chosen)} />
        {files.length > 1 && (
          <Button
            size="small"
            icon={<X size={14} aria-hidden="true" />}
            onClick={() => change(null, { files: filesFor('weights', state) })}
          >
            {t('data.clear')}
          </Button>
        )}
      </span>
      <p className="muted small">{t('data.drop')}</p>
    </div>
  );
}
