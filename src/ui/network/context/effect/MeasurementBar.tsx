/** How far a measurement is, with an end; else how it is begun, where what is shown is not what is asked. */
import { useTranslation } from 'react-i18next';
import { percent } from '../../../../math/format.ts';
import { Button } from '../../../components/Button.tsx';
import { useProblemWords } from '../../../shell/problemWords.ts';
import './effect.css';
import type { Measurement } from './useMeasurement.ts';

interface MeasurementBarProps extends Pick<Measurement, 'progress' | 'problem' | 'stop'> {
  /** What is measured, for a screen reader. */
  readonly label: string;
  /** Why there is something to measure; null: nothing. */
  readonly wanted: string | null;
  /** Null: it cannot be begun yet. */
  readonly onMeasure: (() => void) | null;
}

export function MeasurementBar({ label, wanted, progress, problem, stop, onMeasure }: MeasurementBarProps) {
  const { t } = useTranslation('network');
  const words = useProblemWords(problem);
  return (
    <>
      {problem !== null && (
        <p role="alert" className="network-problem">
          {words?.what} {words?.todo}
        </p>
      )}
      {progress !== null ? (
        <p className="effect-progress">
          <progress max={1} value={progress} aria-label={label} />
          <span className="mono">{percent(progress)}</span>
          <Button size="small" onClick={stop}>
            {t('context.effect.stop')}
          </Button>
        </p>
      ) : (
        wanted !== null && (
          <p className="effect-progress">
            <span className="muted">{wanted}</span>
            {onMeasure && (
              <Button size="small" onClick={onMeasure}>
                {t('context.effect.run')}
              </Button>
            )}
          </p>
        )
      )}
    </>
  );
}
