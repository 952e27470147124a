/** The plane of cost against error: every substitute a point, which is chosen like in any radio group. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ratioText } from '../ratio.ts';
import { useLayerCost } from './LossTable.tsx';
import { useLoss, useLossDesk, useLossState, useSubstituteWords } from './lossContext.tsx';
import { costDomain, errorText, frontier, type PlanePoint } from './plane.ts';

const size = { width: 420, height: 264, left: 46, right: 14, top: 24, bottom: 38 } as const;

export function LossPlane() {
  const { t } = useTranslation('loss');
  const points = usePoints();
  const [lo, hi] = costDomain(points);
  const most = Math.max(0.1, ...points.map(({ error }) => error)) * 1.08;
  const x = scaleLog()
    .domain([lo, hi])
    .range([size.left, size.width - size.right]);
  const y = scaleLinear()
    .domain([0, most])
    .range([size.height - size.bottom, size.top]);
  const steps = line<PlanePoint>()
    .x(({ ratio }) => x(ratio))
    .y(({ error }) => y(error))
    .curve(curveStepAfter);
  const costs = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5].filter((ratio) => ratio >= lo && ratio <= hi);
  return (
    <figure className="loss-plane" aria-label={t('plane.name')}>
      <div className="loss-plane-stage">
        <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
          {y.ticks(5).map((tick) => (
            <g key={tick} className="loss-tick">
              <line x1={size.left} x2={size.width - size.right} y1={y(tick)} y2={y(tick)} />
              <text x={size.left - 6} y={y(tick)} className="mono">
                {Math.round(100 * tick)} %
              </text>
            </g>
          ))}
          {costs.map((ratio) => (
            <g key={ratio} className="loss-tick" data-layer={ratio === 1 || undefined}>
              <line x1={x(ratio)} x2={x(ratio)} y1={size.top} y2={size.height - size.bottom} />
              <text x={x(ratio)} y={size.height - size.bottom + 12} className="mono loss-tick-x">
                {ratio}×
              </text>
            </g>
          ))}
          <path className="loss-frontier" d={steps([...frontier(points)]) ?? ''} />
          <circle className="loss-layer" cx={x(1)} cy={y(0)} r={4} />
          <text className="loss-axis" x={0} y={10}>
            {t('plane.y')}
          </text>
          <text className="loss-axis" x={size.width - size.right} y={size.height - 4} textAnchor="end">
            {t('plane.x')}
          </text>
        </svg>
        <Points points={points} place={(point) => [x(point.ratio) / size.width, y(point.error) / size.height]} />
      </div>
      <figcaption className="muted">{points.length === 0 ? t('plane.empty') : t('plane.frontier')}</figcaption>
    </figure>
  );
}

/** The substitutes that have been fitted. */
function usePoints(): readonly PlanePoint[] {
  const fits = useLoss((state) => state.fits);
  const cost = useLayerCost();
  if (!cost) return [];
  return fits.flatMap((fit, place) => {
    const error = fit?.ok ? fit.value.relativeErrorOfResponses : null;
    return fit?.ok && error !== null ? [{ place, ratio: fit.value.cost.macs / cost.macs, error }] : [];
  });
}

interface PointsProps {
  readonly points: readonly PlanePoint[];
  /** Where a point stands, in shares of the figure. */
  readonly place: (point: PlanePoint) => readonly [x: number, y: number];
}

function Points({ points, place }: PointsProps) {
  const { t } = useTranslation('loss');
  const desk = useLossDesk();
  const selected = useLoss((state) => state.selected);
  const { substitutes } = useLossState();
  const words = useSubstituteWords();
  const group = useId();
  return (
    <div role="radiogroup" aria-label={t('plane.name')}>
      {points.map((point) => {
        const substitute = substitutes[point.place];
        if (!substitute) return null;
        const [left, top] = place(point);
        const number = point.place + 1;
        const name = t('plane.point', {
          number,
          what: words(substitute),
          ratio: ratioText(point.ratio),
          error: errorText(point.error),
        });
        return (
          <label
            key={point.place}
            className="loss-point"
            title={name}
            style={{ left: `${100 * left}%`, top: `${100 * top}%` }}
          >
            <input
              type="radio"
              name={group}
              checked={selected === point.place}
              aria-label={name}
              onChange={() => desk.select(point.place)}
            />
            <span aria-hidden="true">{number}</span>
          </label>
        );
      })}
    </div>
  );
}
