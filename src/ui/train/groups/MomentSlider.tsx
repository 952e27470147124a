/** Walks through training: from the untrained network to the newest moment, by hand or by itself. */
import { Pause, Play } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupFigure } from '../../../live/train/groupFigure.ts';
import { IconButton } from '../../components/Button.tsx';
import { Slider } from '../../components/Slider.tsx';

interface MomentSliderProps {
  readonly figure: GroupFigure;
  readonly position: number;
  readonly onChange: (position: number) => void;
}

/** Slow enough to compare two pictures. */
const stepMs = 700;

export function MomentSlider({ figure, position, onChange }: MomentSliderProps) {
  const { t } = useTranslation('train');
  const [isPlaying, setPlaying] = useState(false);
  const moments = Math.max(1, ...figure.columns.map(({ trained }) => trained.length));
  const at = Math.round(position * moments);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => onChange(at >= moments ? 0 : (at + 1) / moments), stepMs);
    return () => clearInterval(timer);
  }, [isPlaying, at, moments, onChange]);
  const steps = figure.columns[0]?.trained[at - 1]?.step;
  const text = steps === undefined ? t('groups.stages.untrained') : t('groups.step', { steps });
  return (
    <span className="groups-moment">
      <IconButton
        label={t(isPlaying ? 'groups.pause' : 'groups.playTraining')}
        icon={isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        onClick={() => setPlaying(!isPlaying)}
      />
      <Slider
        label={t('groups.moment')}
        valueText={text}
        min={0}
        max={moments}
        value={at}
        onChange={(next) => onChange(next / moments)}
      />
      <span className="mono muted">{text}</span>
    </span>
  );
}
