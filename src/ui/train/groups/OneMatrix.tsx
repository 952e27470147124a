/** One large matrix, over the numbers of groups: by hand or by itself, as the published animation. */
import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentAt } from '../../../live/train/groupFigure.ts';
import { IconButton } from '../../components/Button.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { MatrixView } from '../../correlation/MatrixView.tsx';
import { useLookAtTraining, useTrainView } from '../train.tsx';
import { type ShownFigure, valueAt } from './GroupColumnView.tsx';
import { ShareInBlocks } from './ShareInBlocks.tsx';

const stepMs = 1200;

export function OneMatrix({ figure, position, measure, colourOf, cell, onHover }: ShownFigure) {
  const { t } = useTranslation('train');
  const look = useLookAtTraining();
  const { run } = useTrainView();
  const [isPlaying, setPlaying] = useState(false);
  const { columns } = figure;
  const place = Math.min(run, columns.length - 1);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => look({ run: (place + 1) % columns.length }), stepMs);
    return () => clearInterval(timer);
  }, [isPlaying, place, columns.length, look]);
  const column = columns[place];
  if (!column) return null;
  const { groups } = column;
  const now = momentAt(column, position)[measure];
  return (
    <div className="groups-one">
      <div className="groups-one-tools">
        <IconButton
          label={t(isPlaying ? 'groups.pause' : 'groups.playGroups')}
          icon={isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          onClick={() => setPlaying(!isPlaying)}
        />
        <SegmentedControl
          label={t('groups.groups')}
          options={columns.map((each, i) => ({ value: String(i), label: `g ${each.groups}` }))}
          value={String(place)}
          onChange={(next) => look({ run: Number(next) })}
        />
        <span className="mono muted">{cell && valueAt(now, cell)}</span>
      </div>
      <MatrixView
        matrix={now}
        colours={colourOf(now)}
        groups={groups}
        label={t('groups.one')}
        cell={cell}
        onHover={onHover}
      />
      <ShareInBlocks column={column} now={now} before={column.untrained[measure]} measure={measure} />
    </div>
  );
}
