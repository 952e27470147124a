/** The pair under the cross-hair: its numbers, its two maps, and its values at sampled pixels against each other. */
import { useTranslation } from 'react-i18next';
import type { Correlations } from '../../../live/channels/correlate.ts';
import type { Looked } from '../../../live/channels/looked.ts';
import { signedNumber } from '../../../views/numbers.ts';
import { engineKey } from '../../explore/canvas/engineKey.ts';
import { useChannels } from '../channels.tsx';
import { PairMap } from './PairMap.tsx';
import { Scatter } from './Scatter.tsx';
import { useShownPair } from './useShownPair.ts';

interface PairShownProps {
  readonly found: Correlations;
  readonly looked: Looked;
}

export function PairShown({ found, looked }: PairShownProps) {
  const { t } = useTranslation('channels');
  const { row, column } = useShownPair(looked);
  const engine = useChannels((state) => state.engine);
  const maps = useChannels((state) => state.maps);
  const { layer, other, pair } = looked;
  const at = row * found.pearson.columns + column;
  const [first, second] = [maps[pair[0]], maps[pair[1]]];
  return (
    <div className="pair-shown">
      <p className="pair-readout mono" role="status">
        {t('pair.readout', {
          first: layer.label,
          second: other.label,
          row,
          column,
          raw: signedNumber(found.pearson.values[at] ?? 0),
          whitened: signedNumber(found.whitened.values[at] ?? 0),
        })}
      </p>
      {engine && first && second && !first.isFreed && !second.isFreed && (
        <>
          <PairMap
            key={`first ${engineKey(engine)}`}
            engine={engine}
            node={pair[0]}
            maps={first}
            channel={row}
            label={layer.label}
          />
          <PairMap
            key={`second ${engineKey(engine)}`}
            engine={engine}
            node={pair[1]}
            maps={second}
            channel={column}
            label={other.label}
          />
          <Scatter engine={engine} first={first} second={second} row={row} column={column} looked={looked} />
        </>
      )}
    </div>
  );
}
