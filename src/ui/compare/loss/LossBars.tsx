/** The error of every map as a bar, in the chosen order; those that are shown below are dark, and a click shows others. */
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { LossMap } from '../../../live/compare/loss/lossMaps.ts';
import { errorText } from './plane.ts';

interface LossBarsProps {
  readonly maps: readonly LossMap[];
  /** Which are shown below. */
  readonly from: number;
  readonly count: number;
  readonly onChoose: (from: number) => void;
}

const height = 44;

export function LossBars({ maps, from, count, onChoose }: LossBarsProps) {
  const { t } = useTranslation('loss');
  const errors = maps.flatMap(({ error }) => (error === null ? [] : [error]));
  const most = Math.max(1e-6, ...errors);
  const choose = (event: MouseEvent<SVGSVGElement>) => {
    const { x, width } = event.currentTarget.getBoundingClientRect();
    onChoose(Math.max(0, Math.floor(((event.clientX - x) / width) * maps.length) - Math.floor(count / 2)));
  };
  return (
    // Keys have the buttons beside the sort.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <svg
      className="loss-bars"
      viewBox={`0 0 ${maps.length} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('maps.bars', {
        count: maps.length,
        least: errorText(Math.min(...(errors.length > 0 ? errors : [0]))),
        most: errorText(Math.max(0, ...errors)),
      })}
      onClick={choose}
    >
      {maps.map(({ channel, error }, i) => {
        const tall = error === null ? 0 : Math.max(1, (error / most) * height);
        return (
          <g key={channel} data-shown={(i >= from && i < from + count) || undefined}>
            <title>{t('maps.bar', { channel, error: error === null ? t('maps.silent') : errorText(error) })}</title>
            <rect x={i} y={0} width={1} height={height} className="loss-bar-ground" />
            <rect x={i + 0.1} y={height - tall} width={0.8} height={tall} />
          </g>
        );
      })}
    </svg>
  );
}
