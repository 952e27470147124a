/** The price of a layer of another kind: output, parameters, operations, useful share, memory, measured time; of each of its parts too. */
import { useTranslation } from 'react-i18next';
import type { KindName } from '../../graph/layers/kinds.ts';
import { exactCount, siCount } from '../../math/format.ts';
import { CostFrame } from '../explore/cost/CostFrame.tsx';
import { Entry, MemoryEntry, TimeEntry, UsefulEntry } from '../explore/cost/entries.tsx';
import { useResults } from '../session.tsx';

export function CostOfKind() {
  const { t } = useTranslation(['kinds', 'app']);
  const output = useResults((state) => (state.output?.kind ? state.output : null));
  if (output?.kind?.from !== 'bank') return <CostFrame>{null}</CostFrame>;
  const { cost, state } = output.kind;
  const [, channels, height, width] = output.shape;
  return (
    <CostFrame>
      <Entry name={t('app:cost.output')} hint={`${channels} × ${height} × ${width}`}>
        {channels} × {height} × {width}
      </Entry>
      <Entry name={t('app:cost.parameters')} hint={t(`counts.${countOf(state.kind)}.parameters`)}>
        <b>{exactCount(cost.parameters)}</b>
      </Entry>
      <Entry
        name={t('app:cost.operations')}
        hint={`${t(`counts.${countOf(state.kind)}.operations`)} ${t('app:cost.operationsHint', { exact: exactCount(cost.macs) })}`}
      >
        <b>{siCount(cost.macs)}</b>
      </Entry>
      <UsefulEntry useful={cost.usefulMacs} macs={cost.macs} />
      <MemoryEntry bytes={cost.activationBytes} />
      <TimeEntry />
    </CostFrame>
  );
}

/** Kinds whose costs are counted alike. */
function countOf(kind: KindName) {
  switch (kind) {
    case 'standard':
    case 'dilated':
    case 'pointwise':
      return 'standard';
    case 'grouped':
    case 'depthwise':
      return 'grouped';
    case 'separable':
    case 'spatially_separable':
    case 'shuffled':
      return 'two';
    case 'transposed':
    case 'deformable':
    case 'linear':
    case 'locally_connected':
      return kind;
    default:
      return kind satisfies never;
  }
}
