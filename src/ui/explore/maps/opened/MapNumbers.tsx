/** The opened map in numbers: its histogram and its statistics. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Engine, MapStatistics } from '../../../../engine/engine.ts';
import type { Output } from '../../../../live/results.ts';
import { measured, percent } from '../../../../math/format.ts';
import { histogramPath } from '../../../../views/histogram.ts';
import { useResults } from '../../../session.tsx';

const bins = 96;
const box = { width: 288, height: 64 } as const;

interface NumbersProps {
  readonly engine: Engine;
  readonly output: Output;
  readonly channel: number;
}

export function MapNumbers({ engine, output, channel }: NumbersProps) {
  const { t } = useTranslation();
  const statistics = useResults((state) => (state.output === output ? state.statistics?.[channel] : undefined));
  const counts = useHistogram(engine, output, channel, statistics);
  if (!statistics) return <div className="map-numbers" aria-busy="true" />;
  const { min, max, mean, energy, sparsity, p1, p99 } = statistics;
  const zero = min < 0 && max > 0 ? (-min / (max - min)) * box.width : null;
  return (
    <div className="map-numbers">
      <figure>
        <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={t('maps.opened.histogram', { bins })}>
          {counts && <path d={histogramPath(counts, box.width, box.height)} />}
          {zero !== null && <line x1={zero} x2={zero} y1={0} y2={box.height} />}
        </svg>
        <figcaption className="mono">
          <span>{measured(min)}</span>
          {zero !== null && <span style={{ position: 'absolute', left: `${(zero / box.width) * 100}%` }}>0</span>}
          <span>{measured(max)}</span>
        </figcaption>
      </figure>
      <dl aria-label={t('maps.opened.statistics')}>
        <Entry name={t('maps.opened.min')} value={min} />
        <Entry name={t('maps.opened.max')} value={max} />
        <Entry name={t('maps.opened.mean')} value={mean} />
        <Entry name={t('maps.opened.energy')} value={energy} hint={t('maps.opened.energyHint')} />
        <Entry name={t('maps.opened.p1')} value={fourDigits(p1)} hint={t('maps.opened.percentileHint')} />
        <Entry name={t('maps.opened.p99')} value={fourDigits(p99)} hint={t('maps.opened.percentileHint')} />
        <Entry name={t('maps.opened.sparsity')} value={percent(sparsity)} hint={t('maps.opened.sparsityHint')} />
      </dl>
    </div>
  );
}

/** Percentiles are read from 256 bins: more digits would promise too much. */
function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}

function Entry({
  name,
  value,
  hint,
}: {
  readonly name: string;
  readonly value: number | string;
  readonly hint?: string;
}) {
  return (
    <div title={hint}>
      <dt>{name}</dt>
      <dd className="mono" title={typeof value === 'number' ? String(value) : undefined}>
        {typeof value === 'number' ? measured(value) : value}
      </dd>
    </div>
  );
}

/** The newest histogram that has come; null before the first. */
function useHistogram(
  engine: Engine,
  output: Output,
  channel: number,
  statistics: MapStatistics | undefined,
): Uint32Array | null {
  const [counts, setCounts] = useState<Uint32Array | null>(null);
  useEffect(() => {
    if (!statistics) return;
    let isCurrent = true;
    const { min, max } = statistics;
    engine.histogram(output.maps, channel, bins, min, max > min ? max : min + 1).then(
      (answer) => isCurrent && setCounts(answer),
      // The maps were freed by a newer run: its statistics ask again.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, output, channel, statistics]);
  return counts;
}
