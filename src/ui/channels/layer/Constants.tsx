/** Which channels give one number everywhere without being silent, and which of them are made of a dead one before. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConstantsOf, constantStory } from '../../../live/channels/constantStory.ts';
import { measured as number } from '../../../math/format.ts';
import { useChannels, useLookAtChannels, useLooked } from '../channels.tsx';

export function Constants() {
  const { t } = useTranslation('channels');
  const subject = useChannels((state) => state.subject);
  const measured = useChannels((state) => state.measured);
  const layer = useLooked()?.layer;
  const story = useMemo(
    () => (subject && layer ? constantStory(subject, measured, layer) : null),
    [subject, measured, layer],
  );
  if (!story || !layer) return null;
  const { own, fed } = story;
  return (
    <>
      {own.channels.length > 0 && (
        <p className="channels-constants small">
          {t('constants.own', { count: own.channels.length, channels: layer.outChannels })} <List {...own} />
        </p>
      )}
      {fed.map((each) => (
        <p key={each.layer.node} className="channels-constants small">
          {t('constants.fed', { count: each.channels.length, reader: each.layer.label })} <List {...each} />
        </p>
      ))}
    </>
  );
}

/** More are counted: the screen is no table of them. */
const mostListed = 12;

function List({ layer, channels }: ConstantsOf) {
  const { t } = useTranslation('channels');
  const look = useLookAtChannels();
  return (
    <>
      {channels.slice(0, mostListed).map(({ channel, value, from }) => (
        <button
          key={channel}
          type="button"
          className="channel-reader mono"
          title={t('constants.one', { layer: layer.label, channel, value: number(value) })}
          onClick={() => look({ layer: layer.node, other: null, channel, otherChannel: 0 })}
        >
          {from === null ? channel : `${from} → ${channel}`} = {number(value)}
        </button>
      ))}
      {channels.length > mostListed && t('constants.more', { count: channels.length - mostListed })}
    </>
  );
}
