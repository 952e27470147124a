/** The roofline of the device with every operator that multiplies; what is pointed at, or has the focus, is said in numbers below. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Profile, ratesOf } from '../../engine/profile.ts';
import { type PlacedPoint, roofAt, rooflineLayout } from '../../views/roofline/layout.ts';
import { useElementSize } from '../explore/canvas/useElementSize.ts';
import { rateText, shareText } from './numbers.ts';
import { operatorName } from './operatorName.ts';

interface RooflineFigureProps {
  readonly profile: Profile;
  readonly marked: number | null;
  readonly onMark: (place: number | null) => void;
}

const margins = { height: 280, left: 44, right: 12, top: 18, bottom: 36 } as const;
/** CSS pixels, until the figure has been measured. */
const usualWidth = 480;

export function RooflineFigure({ profile, marked, onMark }: RooflineFigureProps) {
  const { t } = useTranslation('engine');
  const stage = useRef<HTMLDivElement>(null);
  const size = useElementSize(stage);
  const { operators, peak } = profile;
  if (!peak) {
    return (
      <section className="engine-part">
        <h3>{t('roofline')}</h3>
        <p className="muted">{t('noRoofline')}</p>
      </section>
    );
  }
  const drawn = operators.flatMap((operator, place) => {
    const rates = ratesOf(operator, peak);
    return rates && rates.gflops > 0 ? [{ number: place + 1, ...rates }] : [];
  });
  // In CSS pixels, so that letters keep their size on a phone.
  const frame = { ...margins, width: size?.width || usualWidth };
  const { xTicks, yTicks, roof, points } = rooflineLayout(peak, drawn, frame);
  const words = (number: number): string => {
    const operator = operators[number - 1]!;
    const rates = ratesOf(operator, peak);
    const name = `${number} ${operatorName(operator.operator)}`;
    if (!rates || rates.share === null) return name;
    return t('point', {
      name,
      gflops: rateText(rates.gflops),
      roof: rateText(roofAt(rates.intensity, peak)),
      share: shareText(rates.share),
      intensity: rateText(rates.intensity),
    });
  };
  const said = drawn.find(({ number }) => number - 1 === marked);
  return (
    <figure className="engine-roofline" aria-label={t('roofline')}>
      <h3>{t('roofline')}</h3>
      <div ref={stage} className="engine-roofline-stage">
        <svg viewBox={`0 0 ${frame.width} ${frame.height}`} aria-hidden="true">
          {yTicks.map(({ value, at }) => (
            <g key={value} className="engine-tick">
              <line x1={frame.left} x2={frame.width - frame.right} y1={at} y2={at} />
              <text x={frame.left - 6} y={at} className="mono" textAnchor="end" dominantBaseline="middle">
                {value}
              </text>
            </g>
          ))}
          {xTicks.map(({ value, at }) => (
            <g key={value} className="engine-tick">
              <line x1={at} x2={at} y1={frame.top} y2={frame.height - frame.bottom} />
              <text x={at} y={frame.height - frame.bottom + 13} className="mono" textAnchor="middle">
                {value}
              </text>
            </g>
          ))}
          <polyline className="engine-roof" points={roof.map((corner) => corner.join()).join(' ')} />
          {points.map(({ number, x, y, labelX, labelY }) => (
            <g key={number} className="engine-point" data-marked={marked === number - 1 || undefined}>
              <line x1={x} y1={y} x2={labelX} y2={labelY} />
              <circle cx={x} cy={y} r={4} />
            </g>
          ))}
          <text className="engine-axis" x={0} y={10}>
            GFLOP/s
          </text>
          <text className="engine-axis" x={frame.width - frame.right} y={frame.height - 5} textAnchor="end">
            {t('intensity')}
          </text>
        </svg>
        {points.map((point) => (
          <PointButton
            key={point.number}
            point={point}
            words={words(point.number)}
            isMarked={marked === point.number - 1}
            onMark={(isOver) => onMark(isOver ? point.number - 1 : null)}
          />
        ))}
      </div>
      <figcaption className="muted">{said ? words(said.number) : t('rooflineHint')}</figcaption>
    </figure>
  );
}

interface PointButtonProps {
  readonly point: PlacedPoint;
  readonly words: string;
  readonly isMarked: boolean;
  readonly onMark: (isOver: boolean) => void;
}

function PointButton({ point, words, isMarked, onMark }: PointButtonProps) {
  return (
    <button
      type="button"
      className="engine-point-number"
      aria-label={words}
      data-marked={isMarked || undefined}
      style={{ left: point.labelX, top: point.labelY }}
      onPointerEnter={() => onMark(true)}
      onPointerLeave={() => onMark(false)}
      onFocus={() => onMark(true)}
      onBlur={() => onMark(false)}
      onClick={() => onMark(true)}
    >
      {point.number}
    </button>
  );
}
