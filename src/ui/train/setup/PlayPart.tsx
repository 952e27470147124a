/** Play, pause, one step, from the beginning, and how fast; with the keys of a player while nothing else takes them. */
import { Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { speeds } from '../../../live/train/trainDesk.ts';
import { Button } from '../../components/Button.tsx';
import { Kbd } from '../../components/Kbd.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { runName } from '../runNames.ts';
import { useLookAtTraining, useTrain, useTrainDesk, useTraining } from '../train.tsx';

export function PlayPart() {
  const { t } = useTranslation('train');
  const desk = useTrainDesk();
  const look = useLookAtTraining();
  const { isPlaying, speed, runs } = useTraining((results) => results);
  const isOver = runs.length > 0 && runs.every(({ state }) => state !== 'ready');
  const canRun = runs.length > 0 && !isOver;
  const toggle = () => {
    if (isPlaying) return desk.pause();
    look({ source: 'runs' });
    desk.play();
  };
  const step = () => {
    look({ source: 'runs' });
    desk.step();
  };
  usePlayerKeys(canRun, toggle, step);
  return (
    <section className="train-play" aria-label={t('play.title')}>
      <Progress />
      <div className="train-buttons">
        <Button
          variant="primary"
          icon={isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
          disabled={!canRun}
          onClick={toggle}
        >
          {t(isPlaying ? 'play.pause' : 'play.play')}
        </Button>
        <Button icon={<StepForward aria-hidden="true" />} disabled={!canRun || isPlaying} onClick={step}>
          {t('play.step')}
        </Button>
        <Button
          icon={<RotateCcw aria-hidden="true" />}
          disabled={runs.every((run) => run.step === 0 && run.observations.length === 0)}
          onClick={() => desk.reset()}
        >
          {t('play.reset')}
        </Button>
      </div>
      <SegmentedControl
        label={t('play.speed')}
        options={speeds.map((value) => ({ value, label: t(`play.speeds.${value}`) }))}
        value={speed}
        onChange={desk.setSpeed}
      />
      <p className="train-keys muted small">
        <Kbd>{t('play.space')}</Kbd> {t('play.play')} <Kbd>→</Kbd> {t('play.step')}
      </p>
    </section>
  );
}

function Progress() {
  const { t } = useTranslation('train');
  const { compare } = useTrain();
  const { runs, active } = useTraining((results) => results);
  const all = runs.reduce((sum, { steps }) => sum + steps, 0);
  const done = runs.reduce((sum, { step }) => sum + step, 0);
  const run = runs.find(({ name }) => name === active);
  return (
    <>
      <p className="train-progress-words mono small" data-testid="train-progress">
        <span>
          {run ? `${runName(run.variant, compare)} · ${t('play.stepOf', { step: run.step, steps: run.steps })}` : ''}
        </span>
        <span>{t('play.stepOf', { step: done, steps: all })}</span>
      </p>
      <progress className="train-progress" aria-label={t('play.progress')} max={Math.max(1, all)} value={done} />
    </>
  );
}

/** Space and the arrow to the right, unless a control or a dialog has the focus that does something with them. */
function usePlayerKeys(isEnabled: boolean, toggle: () => void, step: () => void) {
  useEffect(() => {
    if (!isEnabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const takesKeys = 'button, input, select, textarea, summary, a, dialog, [contenteditable], [tabindex="0"]';
      if (target instanceof Element && target.closest(takesKeys)) return;
      if (key !== ' ' && key !== 'ArrowRight') return;
      event.preventDefault();
      if (key === ' ') toggle();
      else step();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
