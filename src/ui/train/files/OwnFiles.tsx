/** A person's own data set: its files, each of which can be taken out again, the button that adds more, and what is wrong with them. */
import { FilePlus, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { ProblemLine } from '../ProblemLine.tsx';
import { useChangeTrain, useTrain, useTraining } from '../train.tsx';
import './files.css';
import { useAddData } from './useAddData.ts';

export function OwnFiles() {
  const { t } = useTranslation('train');
  const { files } = useTrain();
  const problem = useTraining((results) => results.problem);
  const change = useChangeTrain();
  const add = useAddData();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="train-own">
      {files.length > 0 && (
        <ul className="train-files small" aria-label={t('data.files')}>
          {files.map(({ hash, name }) => (
            <li key={name}>
              <span className="mono">{name}</span>
              <Button
                size="small"
                icon={<X size={14} aria-hidden="true" />}
                aria-label={t('data.remove', { name })}
                onClick={() =>
                  change(null, { files: files.filter((file) => file.name !== name || file.hash !== hash) })
                }
              />
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && problem?.kind === 'file' && <ProblemLine problem={problem} />}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('data.add')}
        onChange={(event) => {
          // An input that is emptied for the next choice empties its list.
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void add(chosen);
        }}
      />
      <span className="train-own-buttons">
        <Button size="small" icon={<FilePlus size={14} aria-hidden="true" />} onClick={() => input.current?.click()}>
          {t('data.add')}
        </Button>
        {files.length > 1 && (
          <Button size="small" icon={<X size={14} aria-hidden="true" />} onClick={() => change(null, { files: [] })}>
            {t('data.clear')}
          </Button>
        )}
      </span>
      <p className="muted small">{t('data.drop')}</p>
    </div>
  );
}
