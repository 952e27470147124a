/** Which two adjacent layers of the runs' network are held against each other. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFigure } from '../../../live/train/groupFigure.ts';
import { adjacentPairs } from '../../../live/train/layerPairs.ts';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useLookAtTraining, useTraining } from '../train.tsx';

export function PairChoice({ figure }: { readonly figure: GroupFigure }) {
  const { t } = useTranslation('train');
  const look = useLookAtTraining();
  const graph = useTraining(({ runs }) => runs[0]?.configuration.trainee.graph);
  const pairs = useMemo(() => (graph ? adjacentPairs(graph) : []), [graph]);
  return (
    <SelectMenu
      mono
      label={t('groups.pair')}
      options={pairs.map(({ rows, columns }) => ({
        value: columns.layer,
        label: `${rows.layer} × ${columns.layer}`,
      }))}
      value={figure.columnLayer}
      onChange={(pair) => look({ pair })}
    />
  );
}
