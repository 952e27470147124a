/** How often each brightness occurs in the working picture, one area per colour that the input is made of. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useResults, useWorkspace } from '../../session.tsx';
import { areaPath, bins, histograms } from './histogram.ts';

export function Histogram() {
  const { t } = useTranslation();
  const rgba = useResults((state) => state.picture?.rgba);
  const channels = useWorkspace((state) => state.workspace.input.channels);
  const curves = useMemo(() => (rgba ? histograms(rgba, channels) : []), [rgba, channels]);
  const highest = curves.reduce((most, { counts }) => Math.max(most, ...counts), 1);
  const label = t('input.histogramAlt', {
    channels: t(`input.channel.${channels}`),
    means: curves.map(({ mean }) => mean.toFixed(0)).join(', '),
  });
  return (
    <figure className="histogram" title={label}>
      <svg viewBox={`0 0 ${bins} 1`} preserveAspectRatio="none" role="img" aria-label={label}>
        {curves.map(({ colour, counts }) => (
          <path key={colour} className={colour} d={areaPath(counts, highest)} />
        ))}
      </svg>
      <figcaption className="mono" aria-hidden="true">
        <span>0</span>
        <span>255</span>
      </figcaption>
    </figure>
  );
}
