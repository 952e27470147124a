/** What each input channel adds to the unit, as signed bars; one is looked at tap by tap. */
import { useTranslation } from 'react-i18next';
import type { UnitTerms } from '../../../graph/terms.ts';
import { printedSum } from './printedSum.ts';

interface ChannelSumsProps {
  readonly terms: UnitTerms;
  readonly chosen: number;
  readonly onChoose: (channel: number) => void;
}

export function ChannelSums({ terms, chosen, onChoose }: ChannelSumsProps) {
  const { t } = useTranslation('kinds');
  const printed = printedSum(terms).partials;
  const largest = terms.slices.reduce((most, { partial }) => Math.max(most, Math.abs(partial)), 0);
  return (
    <div className="channel-sums" role="radiogroup" aria-label={t('dot.channels')}>
      {terms.slices.map(({ channel, partial }, i) => {
        const share = largest === 0 ? 0 : (50 * Math.abs(partial)) / largest;
        return (
          <label key={channel} className="channel-sum mono">
            <input
              type="radio"
              name="channel-sum"
              checked={channel === chosen}
              aria-label={t('dot.channel', { channel, partial: printed[i] ?? '' })}
              onChange={() => onChoose(channel)}
            />
            <span className="channel-sum-name">{channel}</span>
            <span className="channel-sum-bar" aria-hidden="true">
              <span
                data-sign={partial < 0 ? 'negative' : 'positive'}
                style={{ left: `${partial < 0 ? 50 - share : 50}%`, width: `${share}%` }}
              />
            </span>
            <span className="channel-sum-value">{printed[i]}</span>
          </label>
        );
      })}
    </div>
  );
}
