/** The price of a layer of the network: output, parameters, operations, useful share, memory, measured time. */
import { useTranslation } from 'react-i18next';
import { exactCount, siCount } from '../../math/format.ts';
import { CostFrame } from '../explore/cost/CostFrame.tsx';
import { Entry, MemoryEntry, TimeEntry, UsefulEntry } from '../explore/cost/entries.tsx';
import { useResults } from '../session.tsx';

export function CostOfLayer() {
  const { t } = useTranslation(['network', 'app']);
  const output = useResults((state) => (state.output?.kind?.from === 'network' ? state.output : null));
  if (!output?.kind) return <CostFrame>{null}</CostFrame>;
  const { cost } = output.kind;
  const [, channels, height, width] = output.shape;
  return (
    <CostFrame>
      <Entry name={t('app:cost.output')} hint={t('layers.columnHints.output')}>
        {channels} × {height} × {width}
      </Entry>
      <Entry name={t('app:cost.parameters')} hint={t('layers.columnHints.params')}>
        <b>{exactCount(cost.parameters)}</b>
      </Entry>
      <Entry
        name={t('app:cost.operations')}
        hint={`${t('layers.columnHints.macs')} ${t('app:cost.operationsHint', { exact: exactCount(cost.macs) })}`}
      >
        <b>{siCount(cost.macs)}</b>
      </Entry>
      <UsefulEntry useful={cost.usefulMacs} macs={cost.macs} />
      <MemoryEntry bytes={cost.activationBytes} />
      <TimeEntry />
    </CostFrame>
  );
}
