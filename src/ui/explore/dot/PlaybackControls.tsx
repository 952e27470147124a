/** Play, pause, scrub and speed of the sliding window. */
import { Pause, Play, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { exactCount } from '../../../math/format.ts';
import { pause, play, playbackSpeeds, scrub, setSpeed, step } from '../../../store/pointer.ts';
import { IconButton } from '../../components/Button.tsx';
import { Slider } from '../../components/Slider.tsx';
import { usePointer, useResults, useSession } from '../../session.tsx';
import { useEscape } from '../useEscape.ts';

/** Speeds are spread evenly on a logarithmic scale of this many steps. */
const speedSteps = 24;
const speedRatio = playbackSpeeds.max / playbackSpeeds.min;

/** How long the first run over the maps takes, in seconds. */
const firstRun = 20;

const speedOfStep = (step: number) => Math.round(playbackSpeeds.min * speedRatio ** (step / speedSteps));
const stepOfSpeed = (speed: number) =>
  Math.round((speedSteps * Math.log(speed / playbackSpeeds.min)) / Math.log(speedRatio));

export function PlaybackControls() {
  const { t } = useTranslation();
  const { pointer } = useSession();
  const { playing, position, speed } = usePointer((state) => state.playback);
  const shape = useResults((state) => state.output?.shape ?? null);
  const total = shape ? shape[2] * shape[3] : 0;
  const isShowing = position !== null;
  const progress = t('dot.window.progress', { position: exactCount((position ?? 0) + 1), total: exactCount(total) });
  const stop = () => scrub(pointer, null);
  useEscape(isShowing, stop);
  const start = () => {
    // A window that starts anew runs over these maps within some seconds, whatever their size.
    if (!isShowing) setSpeed(pointer, total / firstRun);
    play(pointer);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // A slider's arrows are its own.
    if (!shape || !isShowing || event.target instanceof HTMLInputElement) return;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: shape[3], ArrowUp: -shape[3] }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(pointer, by, total);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys reach it from the buttons in it
    <div className="playback" onKeyDown={onKeyDown}>
      {isShowing && (
        <>
          <span className="playback-slider playback-position" title={progress}>
            {t('dot.window.positionShort')}
            <Slider
              label={t('dot.window.position')}
              valueText={progress}
              min={0}
              max={Math.max(0, total - 1)}
              value={position}
              onChange={(next) => scrub(pointer, next)}
            />
          </span>
          <span className="playback-slider playback-speed" title={t('dot.window.perSecond', { count: speed })}>
            {t('dot.window.speedShort')}
            <Slider
              label={t('dot.window.speed')}
              valueText={t('dot.window.perSecond', { count: speed })}
              min={0}
              max={speedSteps}
              value={stepOfSpeed(speed)}
              onChange={(next) => setSpeed(pointer, speedOfStep(next))}
            />
          </span>
          <IconButton
            size="small"
            label={t('dot.window.stop')}
            shortcut="Esc"
            icon={<X size={14} aria-hidden="true" />}
            onClick={stop}
          />
        </>
      )}
      <button
        type="button"
        className="playback-play"
        disabled={total === 0}
        onClick={() => (playing ? pause(pointer) : start())}
      >
        {playing ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
        {t(playing ? 'dot.window.pause' : 'dot.window.play')}
      </button>
      <span className="playback-hint muted" title={t('dot.window.hintLabel')}>
        {t('dot.window.hint')}
      </span>
    </div>
  );
}
