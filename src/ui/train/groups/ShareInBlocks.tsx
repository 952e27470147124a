/** How much of the correlation lies inside the blocks: by the wiring alone, with what was learned, and what an even spread would have. */
import { useTranslation } from 'react-i18next';
import type { CorrelationKind, GroupColumn } from '../../../live/train/groupFigure.ts';
import { blockShare } from '../../../math/blockShare.ts';
import type { Matrix } from '../../../math/matrix.ts';

interface ShareInBlocksProps {
  readonly column: GroupColumn;
  readonly now: Matrix;
  readonly before: Matrix;
  readonly measure: CorrelationKind;
}

const points = (share: number) => (100 * share).toFixed(1);

export function ShareInBlocks({ column: { groups, published }, now, before, measure }: ShareInBlocksProps) {
  const { t } = useTranslation('train');
  if (groups === 1) return <p className="groups-share muted small">{t('groups.oneBlock')}</p>;
  const [share, untrained, even] = [blockShare(now, groups), blockShare(before, groups), 1 / groups];
  const learned = 100 * (share - untrained);
  return (
    <dl className="groups-share mono">
      <div>
        <dt>{t('groups.share')}</dt>
        <dd>
          <strong>{points(share)} %</strong>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect className="groups-share-all" width="100" height="10" />
            <rect className="groups-share-untrained" width={100 * untrained} height="10" />
            <rect
              className="groups-share-learned"
              x={100 * Math.min(share, untrained)}
              width={Math.abs(learned)}
              height="10"
            />
            <path d={`M${100 * even} 0V10`} />
          </svg>
        </dd>
      </div>
      <div title={t('groups.untrainedHint')}>
        <dt>{t('groups.untrained')}</dt>
        <dd>{points(untrained)} %</dd>
      </div>
      <div title={t('groups.learnedHint')}>
        <dt>{t('groups.learned')}</dt>
        <dd>{`${learned < 0 ? '−' : '+'}${Math.abs(learned).toFixed(1)}`}</dd>
      </div>
      <div title={t('groups.evenHint')}>
        <dt>{t('groups.even')}</dt>
        <dd>{points(even)} %</dd>
      </div>
      {published && (
        <div title={t('groups.publishedHint')}>
          <dt>{t('groups.published')}</dt>
          <dd>{points(published[measure])} %</dd>
        </div>
      )}
    </dl>
  );
}
