/** The chosen channel: its filter, its numbers, what excites it most, and what it feeds. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { averageZeros, largestMagnitude } from '../../../analysis/channelSummary.ts';
import { filterOf, readingOf } from '../../../live/channels/channelFacts.ts';
import type { SubjectLayer } from '../../../live/channels/layers.ts';
import { valuesOf } from '../../../live/channels/liveliness.ts';
import type { ChannelsSubject } from '../../../live/channels/subject.ts';
import { measured, percent } from '../../../math/format.ts';
import { useChannel, useChannels, useLayerFacts, useLookAtChannels, useLooked } from '../channels.tsx';
import { RemoveChannel } from '../pruning/RemoveChannel.tsx';
import { Exciting } from './Exciting.tsx';
import { FilterPicture } from './FilterPicture.tsx';

export function ChannelCard() {
  const subject = useChannels((state) => state.subject);
  const looked = useLooked();
  const channel = useChannel();
  if (!subject || !looked) return null;
  return <Card subject={subject} layer={looked.layer} channel={channel} />;
}

interface CardProps {
  readonly subject: ChannelsSubject;
  readonly layer: SubjectLayer;
  readonly channel: number;
}

function Card({ subject, layer, channel }: CardProps) {
  const { t } = useTranslation('channels');
  const facts = useLayerFacts();
  const filter = useMemo(() => filterOf(subject, layer, channel), [subject, layer, channel]);
  const summary = facts?.responses?.[channel];
  const bias = valuesOf(subject, layer.node)?.bias?.[channel];
  const numbers = [
    ...(filter ? [[t('channel.largestWeight'), measured(filter.largest)] as const] : []),
    ...(bias === undefined ? [] : [[t('channel.bias'), measured(bias)] as const]),
    ...(summary
      ? ([
          [t('channel.largest'), measured(largestMagnitude(summary))],
          [t('channel.mean'), measured(summary.mean)],
          [t('channel.deviation'), measured(Math.sqrt(summary.variance))],
          [t('channel.zeros'), percent(averageZeros(summary))],
        ] as const)
      : []),
  ];
  return (
    <section className="channel-card" aria-label={t('channel.title', { layer: layer.label, channel })}>
      <h3>{t('channel.title', { layer: layer.label, channel })}</h3>
      <RemoveChannel layer={layer} channel={channel} />
      <dl className="channel-numbers mono">
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {filter && <FilterPicture filter={filter} />}
      <Exciting layer={layer} channel={channel} />
      <Feeds subject={subject} layer={layer} channel={channel} />
    </section>
  );
}

function Feeds({ subject, layer, channel }: CardProps) {
  const { t } = useTranslation('channels');
  const look = useLookAtChannels();
  return (
    <div className="channel-feeds">
      <h4>{t('channel.feeds')}</h4>
      {layer.readers.length === 0 && <p className="muted small">{t('channel.feedsNone')}</p>}
      <ul>
        {layer.readers.map((node) => {
          const reader = subject.layers.find((each) => each.node === node);
          const reading = reader && readingOf(subject, layer, reader, channel);
          return (
            <li key={node} className="small">
              <button
                type="button"
                className="channel-reader mono"
                onClick={() => look({ layer: node, other: null, channel: reading?.from ?? 0, otherChannel: 0 })}
              >
                {reader?.label ?? node}
              </button>{' '}
              {reading?.isPart &&
                (reading.from === reading.to
                  ? t('channel.same', { channel: reading.from })
                  : t('channel.group', { from: reading.from, to: reading.to }))}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
