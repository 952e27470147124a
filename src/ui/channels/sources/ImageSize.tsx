/** How large the images are that the network reads. */
import { useTranslation } from 'react-i18next';
import { paceOf } from '../../../live/network/pace.ts';
import { channelsSizes } from '../../../store/channels.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { useChangeChannels, useChannels, useChannelsState } from '../channels.tsx';

export function ImageSize() {
  const { t } = useTranslation('channels');
  const { images } = useChannelsState();
  const change = useChangeChannels();
  const engine = useChannels((state) => state.engine);
  const side = useChannels((state) => {
    const first = state.pictures[0];
    return first ? Math.max(first.height, first.width) : null;
  });
  if (side === null) return null;
  return (
    <p className="channels-size">
      <span aria-hidden="true">{t('images.size')}</span>
      <NumberField
        name={t('images.size')}
        {...channelsSizes}
        value={images.size ?? side}
        unit="px"
        onChange={(size) => change('size', (state) => ({ ...state, images: { ...state.images, size } }))}
      />
      {images.size === null && engine && paceOf(engine) === 'software' && (
        <span className="muted small">{t('images.software')}</span>
      )}
    </p>
  );
}
