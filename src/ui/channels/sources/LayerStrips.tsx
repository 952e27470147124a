/** All layers at a glance: a bar each, hatched as far as its channels are weak by the chosen rule. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { factsOf, livelinessOf } from '../../../live/channels/liveliness.ts';
import { goneOf } from '../../../live/channels/pruning/gone.ts';
import { useChannels, useChannelsState, useChannelsView, useLookAtChannels, useLooked } from '../channels.tsx';
import { usePruning } from '../pruning/pruning.tsx';

export function LayerStrips() {
  const { t } = useTranslation('channels');
  const subject = useChannels((state) => state.subject);
  const measured = useChannels((state) => state.measured);
  const looked = useLooked();
  const look = useLookAtChannels();
  const { rule, threshold } = useChannelsView();
  const state = useChannelsState();
  const planned = usePruning((results) => (results.planned?.ok ? results.planned.value : null));
  const strips = useMemo(
    () =>
      (subject?.layers ?? []).map((layer) => {
        const { values, weak } = livelinessOf(factsOf(subject!, measured, layer), { rule, threshold });
        const { chosen, along } = goneOf(state, planned, layer);
        return { layer, weak: values ? weak.size : null, gone: chosen.size + along.size };
      }),
    [subject, measured, rule, threshold, state, planned],
  );
  const ruleName = t(`layer.rules.${rule}`);
  return (
    <>
      <p className="channels-strips-head muted small">
        <span>{subject?.title}</span>
        <span>{t('model.column')}</span>
      </p>
      <ul className="channels-strips" aria-label={t('model.strips')}>
        {strips.map(({ layer, weak, gone }) => {
          const { node, label, outChannels: channels } = layer;
          return (
            <li key={node}>
              <button
                type="button"
                className="channels-strip"
                aria-pressed={looked?.layer.node === node}
                title={node}
                data-other={looked?.other.node === node || undefined}
                onClick={() => look({ layer: node, other: null, channel: 0, otherChannel: 0 })}
              >
                <span className="mono channels-strip-name">{label}</span>{' '}
                <span className="channels-strip-bar" aria-hidden="true">
                  {gone > 0 && <i className="channels-strip-gone" style={{ width: `${(100 * gone) / channels}%` }} />}
                  <span style={{ width: `${(100 * (weak ?? 0)) / channels}%` }} />
                </span>
                <span className="mono channels-strip-count">
                  <strong>{weak ?? '–'}</strong> / {channels} <span className="sr-only">{ruleName}</span>
                  {gone > 0 && <span className="sr-only">, {t('pruning.goneOf', { count: gone })}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
