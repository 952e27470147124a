/**
 * The layers as a table that is also the editor of the network: code lines whose numbers can be changed, shapes, prices and fields, blocks
 * that open and close.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NetworkPlan } from '../../../live/network/networkPlan.ts';
import { exactCount, siCount } from '../../../math/format.ts';
import { type Column, columns, optionalColumns } from '../../../views/network/table/columns.ts';
import { Panel } from '../../components/Panel.tsx';
import { useNetwork, usePlan } from '../network.tsx';
import { LayerEditor } from './LayerEditor.tsx';
import './layers.css';
import { TableTools } from './TableTools.tsx';

export function LayerTable() {
  const plan = usePlan();
  const { t } = useTranslation('network');
  if (plan) return <PlannedTable plan={plan} />;
  return (
    <Panel token="weights" title={t('layers.title')} className="layer-panel">
      <p className="muted">{t('context.waiting')}</p>
    </Panel>
  );
}

const isOptional = (column: Column) => optionalColumns.some((each) => each === column);

function PlannedTable({ plan }: { readonly plan: NetworkPlan }) {
  const { t } = useTranslation('network');
  const measured = useNetwork((state) => state.times);
  const [added, setAdded] = useState<ReadonlySet<Column>>(new Set());
  const [isCumulative, setCumulative] = useState(false);
  const times = measured?.plan === plan ? measured.ms : null;
  const shown = new Set(times ? [...added, 'time' as const] : added);
  const { parameters, macs } = plan.price.totals;
  return (
    <Panel
      token="weights"
      title={t('layers.title')}
      meta={t('layers.meta', { parameters: exactCount(parameters), macs: siCount(macs) })}
      className="layer-panel"
      end={
        <TableTools
          shown={shown}
          onShow={(column, isShown) =>
            setAdded(new Set(isShown ? [...added, column] : [...added].filter((each) => each !== column)))
          }
          isCumulative={isCumulative}
          onCumulative={setCumulative}
        />
      }
    >
      <LayerEditor
        plan={plan}
        times={times}
        columns={columns.filter((column) => !isOptional(column) || shown.has(column))}
        isCumulative={isCumulative}
      />
    </Panel>
  );
}
