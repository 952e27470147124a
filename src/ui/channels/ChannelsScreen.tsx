/** Channels: which of a real network's are dead on a person's own pictures, and which say the same. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startPhotoDesk } from '../../formats/image/photoDeskClient.ts';
import { startChannelsDesk } from '../../live/channels/channelsDesk.ts';
import { startPruneDesk } from '../../live/channels/pruning/pruneDesk.ts';
import { fetchFile } from '../../live/fetchFile.ts';
import { fetchSample } from '../../live/fetchSample.ts';
import { samples } from '../explore/input/Samples.tsx';
import { useSession } from '../session.tsx';
import './channels.css';
import { ChannelsProvider, createChannelsContext } from './channels.tsx';
import { ChannelsPanel } from './layer/ChannelsPanel.tsx';
import { CorrelationPanel } from './pair/CorrelationPanel.tsx';
import { PrunePanel } from './pruning/PrunePanel.tsx';
import { runsOf } from './sources/runsOf.ts';
import { SourcesPanel } from './sources/SourcesPanel.tsx';

export default function ChannelsScreen() {
  const { t } = useTranslation('channels');
  const session = useSession();
  const [channels, setChannels] = useState<ReturnType<typeof createChannelsContext> | null>(null);
  useEffect(() => {
    const { blobs } = session;
    const trainedRuns = () => runsOf(session);
    const given = { blobs, fetchSample, fetchFile, trainedRuns, samples };
    const desk = startChannelsDesk(session, { ...given, startDesk: startPhotoDesk });
    const pruning = startPruneDesk(session, desk);
    setChannels(createChannelsContext(desk, pruning));
    return () => {
      pruning.dispose();
      desk.dispose();
    };
  }, [session]);
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
