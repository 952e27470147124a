/** What sums a pair of layers up: the share inside the blocks of a grouped layer, canonical correlations, and what they were taken from. */
import { useTranslation } from 'react-i18next';
import type { Correlations } from '../../../live/channels/correlate.ts';
import { blockShare } from '../../../math/blockShare.ts';
import { exactCount, percent } from '../../../math/format.ts';

/** Below this chance looks like correlation (docs/channels.md). */
const fewSamplesPerChannel = 250;
const listed = 6;

export function PairNumbers({ found, groups }: { readonly found: Correlations; readonly groups: number }) {
  const { t } = useTranslation('channels');
  const { pearson, whitened, canonical, ridge, samples } = found;
  const isFew = samples < fewSamplesPerChannel * Math.max(pearson.rows, pearson.columns);
  const even = percent(1 / groups);
  return (
    <>
      <dl className="pair-numbers">
        {groups > 1 && (
          <div>
            <dt>{t('pair.share', { groups })}</dt>
            <dd className="mono">
              {t('pair.shareOf', { measure: t('pair.pearson'), share: percent(blockShare(pearson, groups)), even })}
              <br />
              {t('pair.shareOf', { measure: t('pair.whitened'), share: percent(blockShare(whitened, groups)), even })}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('pair.canonical')}</dt>
          <dd className="mono">
            {t('pair.canonicalList', {
              list: [...canonical.subarray(0, listed)].map((value) => value.toFixed(3)).join(', '),
              count: canonical.length,
            })}
          </dd>
        </div>
      </dl>
      <p className="muted small">{t('pair.ridge', { ridge: ridge.toExponential(), samples: exactCount(samples) })}</p>
      {isFew && <p className="pair-few small">{t('pair.few')}</p>}
    </>
  );
}
