/** What becomes of the constants that removed channels gave, and what is then wrong where. */
import { useTranslation } from 'react-i18next';
import type { Carried } from '../../../analysis/pruning/prune.ts';
import { measured, percent } from '../../../math/format.ts';
import { constantTreatments } from '../../../store/channels.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { useChangeChannels, useChannels, useChannelsState } from '../channels.tsx';
import { usePruning } from './pruning.tsx';

export function Constants() {
  const { t } = useTranslation('channels');
  const { constants } = useChannelsState();
  const change = useChangeChannels();
  return (
    <div className="prune-constants">
      <h3>{t('pruning.constants')}</h3>
      <SegmentedControl
        label={t('pruning.constants')}
        value={constants}
        options={constantTreatments.map((value) => ({
          value,
          label: t(`pruning.constantsChoice.${value}`),
          hint: t(`pruning.constantsHint.${value}`),
        }))}
        onChange={(next) => change(null, (state) => ({ ...state, constants: next }))}
      />
      <CarriedList />
    </div>
  );
}

function CarriedList() {
  const { t } = useTranslation('channels');
  const pruned = usePruning((results) => results.pruned);
  const layers = useChannels((state) => state.subject?.layers);
  if (!pruned) return null;
  const nameOf = (node: string) => layers?.find((layer) => layer.node === node)?.label ?? node;
  const line = ({ node, done, largest, error, errorShare }: Carried) => {
    const values = { layer: nameOf(node), largest: measured(largest), error: measured(error) };
    const kind = done === 'bias' && error === 0 ? 'exact' : done;
    return t(`pruning.carriedOf.${kind}`, { ...values, share: percent(errorShare) });
  };
  const { carried, notCarried } = pruned;
  return (
    <div className="small" role="status">
      {carried.length === 0 ? (
        <p>{t('pruning.carriedNone')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <ul className="prune-carried" aria-label={t('pruning.carried')} tabIndex={0}>
          {carried.map((each) => (
            <li key={each.node}>{line(each)}</li>
          ))}
        </ul>
      )}
      {notCarried.length > 0 && <p>{t('pruning.notCarried', { layers: notCarried.map(nameOf).join(', ') })}</p>}
      <p className="muted">{t('pruning.means')}</p>
    </div>
  );
}
