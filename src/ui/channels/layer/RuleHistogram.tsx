/** The channels of a layer along the rule's axis, with the threshold to be dragged. */
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { measured } from '../../../math/format.ts';
import { ruleAxis, ruleSquares } from '../../../views/channels/ruleHistogram.ts';
import { Slider } from '../../components/Slider.tsx';
import { useElementSize } from '../../explore/canvas/useElementSize.ts';
import { useChannel, useChannelsView, useLiveliness, useLookAtChannels } from '../channels.tsx';

const size = { height: 92, axis: 18 } as const;
/** Wider, squares are only further apart. */
const widest = 640;

export function RuleHistogram() {
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.min(widest, useElementSize(frame)?.width ?? widest);
  return (
    <div ref={frame} className="rule-histogram">
      {width > 0 && <Histogram width={width} />}
    </div>
  );
}

function Histogram({ width }: { readonly width: number }) {
  const { t } = useTranslation('channels');
  const { rule } = useChannelsView();
  const live = useLiveliness();
  const chosen = useChannel();
  const look = useLookAtChannels();
  const drawn = useMemo(() => {
    if (!live?.values) return null;
    // The axis belongs to the values alone: it must not move under a threshold that is dragged.
    const axis = ruleAxis(live.values, live.rule.threshold, live.rule.name === 'zeros', width);
    return { axis, squares: ruleSquares(live.values, axis, width, size.height) };
  }, [live?.values, live?.rule, width]);
  if (!drawn || !live) return null;
  const { axis, squares } = drawn;
  const at = axis.x(live.threshold);
  const isLowWeak = live.rule.weak === 'at-most';
  const weakBox = isLowWeak ? { x: 0, width: at } : { x: at, width: width - at };
  return (
    <>
      <svg
        viewBox={`0 0 ${width} ${size.height + size.axis}`}
        role="img"
        aria-label={t('layer.histogram', { what: t(`layer.what.${rule}`) })}
      >
        <defs>
          <pattern id="rule-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="1.6" height="4" />
          </pattern>
        </defs>
        <rect className="rule-weak" y="0" height={size.height} {...weakBox} />
        {squares.map(({ channel, ...box }) => (
          <rect
            key={channel}
            className={live.weak.has(channel) ? 'rule-square weak' : 'rule-square'}
            data-chosen={channel === chosen || undefined}
            {...box}
          />
        ))}
        <path className="rule-base" d={`M0 ${size.height}H${width}`} />
        <path className="rule-threshold" d={`M${at} 0V${size.height}`} />
        {axis.ticks.map(({ x, value }) => (
          <text
            key={value}
            x={x}
            y={size.height + 14}
            textAnchor={x > width - 20 ? 'end' : x < 20 ? 'start' : 'middle'}
          >
            {tickText(value)}
          </text>
        ))}
        <text x={at + (isLowWeak ? -6 : 6)} y="12" textAnchor={isLowWeak ? 'end' : 'start'}>
          {t('layer.weak')}
        </text>
        <text x={at + (isLowWeak ? 6 : -6)} y="12" textAnchor={isLowWeak ? 'start' : 'end'}>
          {t('layer.alive')}
        </text>
      </svg>
      <Slider
        label={t('layer.threshold')}
        valueText={measured(live.threshold)}
        min={0}
        max={width}
        value={Math.round(at)}
        onChange={(x) => look({ threshold: axis.valueAt(x) })}
        onDoubleClick={() => look({ threshold: null })}
      />
    </>
  );
}

/** Powers of ten as short as they are. */
const tickText = (value: number) => (value > 0 && value < 0.001 ? value.toExponential(0) : measured(value));
