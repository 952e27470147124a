/** The parts of the images that excite a channel most, each at its place in its image. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubjectLayer } from '../../../live/channels/layers.ts';
import { patchesOf } from '../../../live/channels/patches.ts';
import { measured } from '../../../math/format.ts';
import { useChannels, useLookAtChannels } from '../channels.tsx';
import { PictureCanvas } from '../PictureCanvas.tsx';

const mostPatches = 5;

export function Exciting({ layer, channel }: { readonly layer: SubjectLayer; readonly channel: number }) {
  const { t } = useTranslation('channels');
  const subject = useChannels((state) => state.subject);
  const pictures = useChannels((state) => state.pictures);
  const excitements = useChannels((state) => state.excitements);
  const look = useLookAtChannels();
  const found = excitements?.node === layer.response ? excitements.found[channel] : undefined;
  const patches = useMemo(
    () => (subject && found ? patchesOf(subject, pictures, layer.response, found, mostPatches) : []),
    [subject, pictures, layer, found],
  );
  if (!found) return null;
  return (
    <div className="channel-excited">
      <h4>{t('channel.excited')}</h4>
      {patches.length === 0 && <p className="muted small">{t('channel.never')}</p>}
      <ul>
        {patches.map(({ picture, value, box }) => {
          const shown = pictures[picture];
          if (!shown) return null;
          const words = t('channel.patch', { number: picture + 1, value: measured(value) });
          return (
            <li key={picture}>
              <button type="button" aria-label={words} title={words} onClick={() => look({ picture })}>
                <span className="channel-patch-whole">
                  <PictureCanvas picture={shown} />
                  <svg viewBox={`0 0 ${shown.width} ${shown.height}`} aria-hidden="true">
                    <rect {...box} />
                  </svg>
                </span>
                <PictureCanvas picture={shown} box={box} />
              </button>
              <span className="mono muted small">{measured(value)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
