/** One layer's channels: the rule with its threshold on a histogram, the maps from the liveliest to the dead, and the chosen channel. */
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/Panel.tsx';
import { engineKey } from '../../explore/canvas/engineKey.ts';
import { useChannels, useLooked } from '../channels.tsx';
import { ChannelCard } from './ChannelCard.tsx';
import { ChannelTiles } from './ChannelTiles.tsx';
import { Constants } from './Constants.tsx';
import { RuleChoice } from './RuleChoice.tsx';
import { RuleHistogram } from './RuleHistogram.tsx';

export function ChannelsPanel() {
  const { t } = useTranslation('channels');
  const engine = useChannels((state) => state.engine);
  const looked = useLooked();
  const maps = useChannels((state) => (looked ? state.maps[looked.layer.response] : undefined));
  const layer = looked?.layer;
  return (
    <Panel
      id="maps"
      token="maps"
      title={t('layer.title')}
      meta={
        layer && maps
          ? [layer.label, maps.shape.slice(1).join(' × '), layer.activation].filter(Boolean).join(' · ')
          : ''
      }
      end={<span className="channels-sorted">{t('layer.sorted')}</span>}
      className="channels-layer"
    >
      <RuleChoice />
      <Constants />
      <RuleHistogram />
      {engine && layer && maps && !maps.isFreed ? (
        <ChannelTiles key={engineKey(engine)} engine={engine} maps={maps} layer={layer} />
      ) : (
        <p className="muted">{t('layer.waiting')}</p>
      )}
      <ChannelCard />
    </Panel>
  );
}
