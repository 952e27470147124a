/**
 * A transposed convolution, looked at from three sides: the direct convolution that makes the pinned unit, how many products fall on each
 * pixel, and the networks that make the same map or one without a checkerboard.
 */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EdgeFade } from '../../../components/EdgeFade.tsx';
import { useChannelName } from '../../../explore/dot/useChannelName.ts';
import { usePointer } from '../../../session.tsx';
import type { FigureProps } from '../figure.ts';
import { AlternativesFigure } from './AlternativesFigure.tsx';
import { DirectFigure } from './DirectFigure.tsx';
import { OverlapFigure } from './OverlapFigure.tsx';
import './transposed.css';
import { transposedUnit } from './transposedUnit.ts';

export function TransposedFigure({ engine, output, kind }: FigureProps) {
  const { t } = useTranslation('kinds');
  const photoChannel = useChannelName();
  const scroller = useRef<HTMLDivElement>(null);
  const pin = usePointer((state) => state.pin);
  const unit = transposedUnit(output, kind, pin);
  const source = output.parts[kind.source];
  const maps = output.parts[kind.nodes.at(-1)?.id ?? ''];
  if (!unit || !source || !maps) return null;
  const nameOf = (channel: number) =>
    kind.state.bank ? t('transposed.direct.channelName', { channel }) : photoChannel(channel);
  return (
    <EdgeFade className="transposed-figure">
      <div ref={scroller} className="transposed-scroller">
        <div className="transposed-parts">
          <DirectFigure {...{ engine, source, unit, nameOf }} />
          <OverlapFigure {...{ engine, maps, unit }} size={[source.shape[2], source.shape[3]]} />
          <AlternativesFigure
            {...{ engine, output, source, unit, scroller }}
            isActivated={kind.activation !== 'none'}
          />
        </div>
      </div>
    </EdgeFade>
  );
}
