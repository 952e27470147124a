/**
 * What makes the present network cheaper, in one place: the size of the photo, the width, groups and where it sub-samples, with the price
 * before and after, layer by layer, and a budget as a line. The levers move live: who shows the maps runs `withLevers` of the same levers.
 */
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Levers as LeverSettings, neutralLevers, totalsOf, withLevers } from '../../../graph/price/levers.ts';
import type { Network } from '../../../graph/price/refit.ts';
import type { Pair } from '../../../operators/operator.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useReason } from '../useReason.ts';
import { LeverBudget } from './LeverBudget.tsx';
import { LeverControls } from './LeverControls.tsx';
import { LeverRows } from './LeverRows.tsx';
import { LeverTotals } from './LeverTotals.tsx';
import './price.css';

const leverNames = ['size', 'width', 'groups', 'subsampling'] as const satisfies readonly (keyof LeverSettings)[];

export interface LeversProps {
  /** Before any lever; valid, with one input, the rules of its operators loaded. */
  readonly network: Network;
  readonly levers: LeverSettings;
  /** Rows and columns of the photo that the network reads a smaller version of. */
  readonly photo: Pair;
  /** The longest side that the picture can have. */
  readonly longest: number;
  readonly onChange: (levers: LeverSettings) => void;
  /** The network with the levers as they are becomes the present one. */
  readonly onKeep: (network: Network) => void;
}

export function Levers({ network, levers, photo, longest, onChange, onKeep }: LeversProps) {
  const { t } = useTranslation('network');
  const reasonOf = useReason();
  // Large networks take some milliseconds: the slider under the hand goes first.
  const set = useDeferredValue(levers);
  const changed = useMemo(() => withLevers(network, set, photo), [network, set, photo]);
  const before = useMemo(() => totalsOf(network), [network]);
  const after = useMemo(() => (changed.ok ? totalsOf(changed.value) : null), [changed]);
  const isNeutral = leverNames.every((name) => levers[name] === neutralLevers[name]);
  return (
    <Panel
      token="weights"
      title={t('levers.title')}
      className="levers-panel"
      end={
        <>
          <Button variant="quiet" size="small" disabled={isNeutral} onClick={() => onChange(neutralLevers)}>
            {t('levers.reset')}
          </Button>
          <Button
            size="small"
            disabled={isNeutral || !changed.ok}
            onClick={() => {
              if (changed.ok) onKeep(changed.value);
            }}
          >
            {t('levers.keep')}
          </Button>
        </>
      }
    >
      <div className="levers-body">
        <LeverControls network={network} levers={levers} longest={longest} onChange={onChange} />
        <LeverTotals before={before} after={after} />
        {!changed.ok && (
          <p role="alert" className="price-refused small">
            {t('levers.refused', { message: reasonOf(changed.error) })} <q lang="en">{changed.error.message}</q>
          </p>
        )}
        <LeverBudget network={network} levers={set} photo={photo} onChange={onChange} />
        {changed.ok && <LeverRows before={network} after={changed.value} />}
      </div>
    </Panel>
  );
}
