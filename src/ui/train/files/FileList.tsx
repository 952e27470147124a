/** Files of one use by their names, each of which can be taken out. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TrainFile } from '../../../store/train.ts';
import { Button } from '../../components/Button.tsx';
import { useChangeTrain, useTrain } from '../train.tsx';

interface FileListProps {
  readonly label: string;
  readonly files: readonly TrainFile[];
}

export function FileList({ label, files }: FileListProps) {
  const { t } = useTranslation('train');
  const { files: all } = useTrain();
  const change = useChangeTrain();
  if (files.length === 0) return null;
  return (
    <ul className="train-files small" aria-label={label}>
      {files.map(({ name, use, hash }) => (
        <li key={`${name} ${hash}`}>
          <span className="mono">{name}</span>
          <Button
            size="small"
            icon={<X size={14} aria-hidden="true" />}
            aria-label={t('data.remove', { name })}
            onClick={() =>
              change(null, {
                files: all.filter((file) => file.name !== name || file.hash !== hash || file.use !== use),
              })
            }
          />
        </li>
      ))}
    </ul>
  );
}
