/**
 * Deformable convolution at the pinned unit: the photo with the regular grid and the points where the layer samples instead, each to be
 * dragged; the bilinear interpolation of one of them written out; and where the offsets come from.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rect } from '../../../../engine/engine.ts';
import { useChannelName } from '../../../explore/dot/useChannelName.ts';
import type { FigureProps } from '../figure.ts';
import './deformable.css';
import { OffsetControls } from './OffsetControls.tsx';
import { PointReadout } from './PointReadout.tsx';
import { SamplingStage } from './SamplingStage.tsx';
import { stageWindow } from './stageWindow.ts';
import { type Sampling, useSampling } from './useSampling.ts';
import { useSourcePatch } from './useSourcePatch.ts';

export function DeformableFigure({ engine, output, kind }: FigureProps) {
  const sampling = useSampling(kind, output.shape);
  const { layer } = kind;
  if (!sampling || layer.kind !== 'deformable') return null;
  return <Figure {...{ engine, output, kind, sampling }} offsetMaps={layer.offsets.outChannels} />;
}

interface Props extends FigureProps {
  readonly sampling: Sampling;
  readonly offsetMaps: number;
}

function Figure({ engine, output, kind, sampling, offsetMaps }: Props) {
  const { t } = useTranslation('kinds');
  const [held, setHeld] = useState<Rect | null>(null);
  const [wished, setWished] = useState(0);
  const channels = useChannels(kind, sampling);
  const channel = channels.find((each) => each.channel === wished)?.channel ?? channels[0]?.channel ?? 0;
  const part = held ?? stageWindow(sampling.points.map(({ point }) => point));
  // The neighbours of a point at the edge lie one pixel further.
  const around = { x: part.x - 1, y: part.y - 1, width: part.width + 2, height: part.height + 2 };
  const valuesAt = useSourcePatch(engine, output, channel, around);
  const { hasMask } = kind.attributes;
  return (
    <div className="deformable-figure">
      <p className="deformable-look">
        {t('deformable.look')} {hasMask && t('deformable.lookMask')}
      </p>
      <SamplingStage
        picture={output.picture}
        sampling={sampling}
        part={part}
        onHold={(isHeld) => setHeld(isHeld ? part : null)}
      />
      <PointReadout {...{ sampling, hasMask, channels, channel, valuesAt }} onChannel={setWished} />
      <OffsetControls {...{ sampling, hasMask, offsetMaps }} />
    </div>
  );
}

/** The channels that the offset group in focus moves, by name. */
function useChannels({ shapes, source, state }: FigureProps['kind'], { group, groups }: Sampling) {
  const { t } = useTranslation();
  const nameOf = useChannelName();
  const each = (shapes[source]?.[1] ?? 0) / groups;
  return Array.from({ length: each }, (_, i) => {
    const channel = group * each + i;
    return { channel, name: state.bank ? t('dot.channel.other', { index: channel }) : nameOf(channel) };
  });
}
