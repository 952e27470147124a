/**
 * What the colours mean: the colour map between its two numbers. With a range for each map the numbers are those of the map in
 * focus, and it is said which.
 */
import { useTranslation } from 'react-i18next';
import { measured } from '../../../math/format.ts';
import { cssGradient } from '../../../views/colour/colourMaps.ts';
import { knownEnds } from '../../../views/colour/range.ts';
import { signedNumber } from '../../../views/numbers.ts';
import { usePointer, useResults } from '../../session.tsx';
import type { Colouring } from './mapsView.ts';

export function RangeLegend({ colouring }: { readonly colouring: Colouring }) {
  const { t } = useTranslation();
  const statistics = useResults((state) => state.statistics);
  const channel = usePointer(({ hover, pin }) => (hover?.on === 'map' ? hover.unit.channel : (pin?.channel ?? 0)));
  const { range, colours } = colouring;
  const ends = knownEnds(range, statistics, channel);
  const clips = range.mode === 'fixed' || range.percentiles;
  const label = ends ? t('maps.legend', { lo: measured(ends.lo), hi: measured(ends.hi) }) : t('maps.legendNone');
  return (
    <span className="range-legend" role="img" aria-label={label} title={label}>
      {range.mode === 'per-map' && <span className="range-legend-map">{t('maps.eachMap', { number: channel })}</span>}
      <span className="mono">
        {clips && ends ? '≤ ' : ''}
        {ends ? signedNumber(ends.lo) : '…'}
      </span>
      <span className="range-legend-bar" style={{ background: cssGradient(colours) }} />
      <span className="mono">
        {clips && ends ? '≥ ' : ''}
        {ends ? signedNumber(ends.hi) : '…'}
      </span>
    </span>
  );
}
