/** A filter's slices side by side, one pixel for each weight, blue below 0 and red above. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelFilter } from '../../../live/channels/channelFacts.ts';
import { measured } from '../../../math/format.ts';
import { filterSheet } from '../../../views/channels/filterSheet.ts';
import { useGround } from '../../theme/useGround.ts';

export function FilterPicture({ filter }: { readonly filter: ChannelFilter }) {
  const { t } = useTranslation('channels');
  const canvas = useRef<HTMLCanvasElement>(null);
  const ground = useGround();
  const { slices, height, width, largest } = filter;
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const sheet = filterSheet(filter, ground);
    element.width = sheet.width;
    element.height = sheet.height;
    context.putImageData(new ImageData(sheet.rgba, sheet.width, sheet.height), 0, 0);
  }, [filter, ground]);
  return (
    <figure className="channel-filter">
      <canvas ref={canvas} role="img" aria-label={t('channel.kernelFigure', { largest: measured(largest) })} />
      <figcaption className="muted small">{t('channel.kernel', { slices, height, width })}</figcaption>
    </figure>
  );
}
