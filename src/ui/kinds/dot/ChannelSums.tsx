/** What each input channel adds to the unit, as signed bars; one is looked at tap by tap. */
import { useTranslation } from 'react-i18next';
import type { UnitTerms } from '../../../graph/terms.ts';
import { printedSum } from './printedSum.ts';

interface ChannelSumsProps {
  readonly terms: UnitTerms;
  readonly chosen: number;
  readonly onChoose: (channel: number) => void;
}

/** More channels are not read one by one. */
const most = 128;

/** The places of all slices in the order of their channels; of very many, those that add or take away most, the largest first. */
export function mostTelling(slices: UnitTerms['slices']): readonly number[] {
  const all = slices.map((_, i) => i);
  if (slices.length <= most) return all;
  const size = (i: number) => Math.abs(slices[i]!.partial);
  return all.sort((a, b) => size(b) - size(a)).slice(0, most);
}

export function ChannelSums({ terms, chosen, onChoose }: ChannelSumsProps) {
  const { t } = useTranslation('kinds');
  const printed = printedSum(terms).partials;
  const listed = mostTelling(terms.slices);
  const largest = terms.slices.reduce((most, { partial }) => Math.max(most, Math.abs(partial)), 0);
  return (
    <div className="channel-sums" role="radiogroup" aria-label={t('dot.channels')}>
      {listed.map((i) => {
        const { channel, partial } = terms.slices[i]!;
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
      {listed.length < terms.slices.length && (
        <p className="muted small">{t('dot.others', { count: terms.slices.length - listed.length })}</p>
      )}
    </div>
  );
}
