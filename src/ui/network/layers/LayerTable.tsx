/**
 * The layers as a table that is also the editor of the network: code lines whose numbers can be changed, shapes, prices and fields, blocks
 * that open and close. Only the rows in sight are drawn.
 */
import { useTranslation } from 'react-i18next';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import type { LayerMs } from '../../../views/network/table/numbers.ts';
import { Panel } from '../../components/Panel.tsx';
import { usePlan } from '../network.tsx';
import { LayerEditor } from './LayerEditor.tsx';
import './layers.css';

interface LayerTableProps {
  /** Measured milliseconds of each node; absent: no column of times. */
  readonly times?: LayerMs;
}

export function LayerTable({ times = null }: LayerTableProps) {
  const plan = usePlan();
  const { t } = useTranslation('network');
  if (!plan)
    return (
      <Panel token="weights" title={t('layers.title')} className="layer-panel">
        <p className="muted">{t('context.waiting')}</p>
      </Panel>
    );
  return <PlannedTable plan={plan} times={times} />;
}

function PlannedTable({ plan, times }: { readonly plan: NetworkPlan; readonly times: LayerMs }) {
  const { t } = useTranslation('network');
  const { parameters, macs } = plan.price.totals;
  return (
    <Panel
      token="weights"
      title={t('layers.title')}
      meta={t('layers.meta', { parameters: exactCount(parameters), macs: siCount(macs) })}
      className="layer-panel"
    >
      <LayerEditor plan={plan} times={times} />
    </Panel>
  );
}
