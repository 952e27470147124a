/** How the channels of two layers correlate: raw and whitened side by side with one cross-hair, the pair under it, and what sums them up. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { blockGroups } from '../../../live/channels/looked.ts';
import { pairOrder } from '../../../live/channels/pairOrder.ts';
import { exactCount } from '../../../math/format.ts';
import { foldedOrder } from '../../../views/correlation/folded.ts';
import { Panel } from '../../components/Panel.tsx';
import { useChannels, useChannelsView, useLooked } from '../channels.tsx';
import { PairControls } from './PairControls.tsx';
import { PairMatrices } from './PairMatrices.tsx';
import { PairNumbers } from './PairNumbers.tsx';
import { PairShown } from './PairShown.tsx';

export function CorrelationPanel() {
  const { t } = useTranslation('channels');
  const looked = useLooked();
  const known = useChannels((state) => state.correlations);
  const { order } = useChannelsView();
  const isOurs = looked && known && known.nodes[0] === looked.pair[0] && known.nodes[1] === looked.pair[1];
  const found = isOurs ? known.found : null;
  const groups = looked ? blockGroups(looked) : 1;
  const folded = useMemo(
    () => found && foldedOrder(found.pearson, pairOrder(order, found, groups)),
    [found, order, groups],
  );
  return (
    <Panel
      token="maps"
      title={t('pair.title')}
      meta={
        looked ? `${looked.layer.label} × ${looked.other.label}${found ? ` · ${exactCount(found.samples)}` : ''}` : ''
      }
      className="channels-pair"
    >
      {looked && <PairControls looked={looked} />}
      {found && folded && looked ? (
        <>
          <PairMatrices found={found} folded={folded} looked={looked} groups={groups} />
          <PairShown found={found} looked={looked} />
          <PairNumbers found={found} groups={groups} />
        </>
      ) : (
        <p className="muted">{t('pair.waiting')}</p>
      )}
    </Panel>
  );
}
