/** Channels: which of a real network's are dead on a person's own pictures, and which say the same. */
import { useTranslation } from 'react-i18next';
import './channels.css';
import { ChannelsProvider } from './channels.tsx';
import { ChannelsPanel } from './layer/ChannelsPanel.tsx';
import { CorrelationPanel } from './pair/CorrelationPanel.tsx';
import { PrunePanel } from './pruning/PrunePanel.tsx';
import { SourcesPanel } from './sources/SourcesPanel.tsx';
import { useRunningChannels } from './useRunningChannels.ts';

export default function ChannelsScreen() {
  const { t } = useTranslation('channels');
  const channels = useRunningChannels();
  if (!channels) return null;
  return (
    <ChannelsProvider value={channels}>
      <div className="channels">
        <h2 className="sr-only">{t('title')}</h2>
        <SourcesPanel />
        <ChannelsPanel />
        <CorrelationPanel />
        <PrunePanel />
      </div>
    </ChannelsProvider>
  );
}
