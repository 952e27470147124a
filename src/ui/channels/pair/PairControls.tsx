/** What is held against what, how correlation is measured, and in which order it is drawn. */
import { useTranslation } from 'react-i18next';
import type { Looked } from '../../../live/channels/looked.ts';
import { channelOrders, correlationMeasures } from '../../../store/channels.ts';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { SelectMenu } from '../../components/SelectMenu.tsx';
import { useChannels, useChannelsView, useLookAtChannels } from '../channels.tsx';

export function PairControls({ looked }: { readonly looked: Looked }) {
  const { t } = useTranslation('channels');
  const view = useChannelsView();
  const look = useLookAtChannels();
  const layers = useChannels((state) => state.subject?.layers ?? []);
  const { layer, other } = looked;
  const option = ({ node, label }: (typeof layers)[number]) => ({ value: node, label });
  const isReader = ({ node }: (typeof layers)[number]) => layer.readers.includes(node);
  return (
    <div className="pair-controls">
      <SelectMenu
        mono
        label={t('pair.other')}
        value={other.node}
        options={[
          { group: t('pair.readers'), options: layers.filter(isReader).map(option) },
          {
            group: t('pair.all'),
            options: layers
              .filter((each) => !isReader(each))
              .map((each) =>
                each.node === layer.node
                  ? { value: each.node, label: t('pair.within', { layer: each.label }) }
                  : option(each),
              ),
          },
        ]}
        onChange={(next: string) => look({ other: next, otherChannel: 0 })}
      />
      <SelectMenu
        label={t('pair.order')}
        value={view.order}
        options={channelOrders.map((value) => ({ value, label: t(`pair.orders.${value}`) }))}
        onChange={(order) => look({ order })}
      />
      <SelectMenu
        label={t('pair.stage')}
        value={view.stage}
        options={(['after', 'before'] as const).map((value) => ({ value, label: t(`pair.stages.${value}`) }))}
        onChange={(stage) => look({ stage })}
      />
      <SegmentedControl
        label={t('pair.measure')}
        value={view.measure}
        options={correlationMeasures.map((value) => ({ value, label: t(`pair.measures.${value}`) }))}
        onChange={(measure) => look({ measure })}
      />
    </div>
  );
}
