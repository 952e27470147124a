/** By which rule channels count as weak, from which number on, and how many do. */
import { useTranslation } from 'react-i18next';
import { offeredRules, possibleRules, thresholdOf } from '../../../live/channels/liveliness.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import {
  useChannels,
  useChannelsView,
  useLayerFacts,
  useLiveliness,
  useLookAtChannels,
  useLooked,
} from '../channels.tsx';

export function RuleChoice() {
  const { t } = useTranslation('channels');
  const view = useChannelsView();
  const look = useLookAtChannels();
  const facts = useLayerFacts();
  const live = useLiveliness();
  const looked = useLooked();
  const images = useChannels((state) => state.measured?.images ?? 0);
  const { rule } = view;
  const possible = facts && possibleRules(facts);
  const whyNot = (value: typeof rule) =>
    !possible || possible.has(value) ? '' : ` ${t(value === 'gamma' ? 'layer.noRule' : 'layer.noResponses')}`;
  const isOfImages = rule === 'silent' || rule === 'constant' || rule === 'apoz';
  return (
    <div className="channels-rule">
      <SegmentedControl
        wraps
        label={t('layer.rule')}
        value={rule}
        options={offeredRules.map((value) => ({
          value,
          label: t(`layer.rules.${value}`),
          hint: `${t(`layer.ruleHints.${value}`)}${whyNot(value)}`,
          disabled: possible !== null && !possible.has(value),
        }))}
        onChange={(next) => look({ rule: next, threshold: null })}
      />
      <span className="channels-threshold">
        <span className="mono">
          {t(live?.rule.weak === 'at-least' ? 'layer.atLeast' : 'layer.atMost', { what: t(`layer.what.${rule}`) })}
        </span>
        <input
          type="number"
          className="mono"
          min={0}
          step="any"
          aria-label={t('layer.threshold')}
          value={thresholdOf(view)}
          onChange={(event) => {
            const next = event.currentTarget.valueAsNumber;
            if (next >= 0) look({ threshold: next });
          }}
          onDoubleClick={() => look({ threshold: null })}
        />
      </span>
      {looked && (
        <p className="channels-found" role="status">
          {live?.values
            ? t(`layer.found.${rule}`, { weak: live.weak.size, channels: looked.layer.outChannels, count: images })
            : t(rule === 'gamma' ? 'layer.noRule' : 'layer.noResponses')}
        </p>
      )}
      {isOfImages && images === 1 && <p className="muted small">{t('layer.oneImage')}</p>}
    </div>
  );
}
