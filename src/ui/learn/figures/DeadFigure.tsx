/** The channels of one layer of a trained network on the photo: dead by which rule. */
import { useEffect, useState } from 'react';
import { startPhotoDesk } from '../../../formats/image/photoDeskClient.ts';
import { startChannelsDesk } from '../../../live/channels/channelsDesk.ts';
import { startPruneDesk } from '../../../live/channels/pruning/pruneDesk.ts';
import { fetchFile } from '../../../live/fetchFile.ts';
import { fetchSample } from '../../../live/fetchSample.ts';
import '../../channels/channels.css';
import { useTranslation } from 'react-i18next';
import {
  ChannelsProvider,
  createChannelsContext,
  useChannels,
  useChannelsContext,
  useChannelsView,
  useLiveliness,
  useLooked,
} from '../../channels/channels.tsx';
import { ChannelsPanel } from '../../channels/layer/ChannelsPanel.tsx';
import { WorkProgress } from '../../channels/WorkProgress.tsx';
import { samples } from '../../explore/input/Samples.tsx';
import { useSession } from '../../session.tsx';
import { useTell } from '../telling.tsx';

export function DeadFigure() {
  const session = useSession();
  const [channels, setChannels] = useState<ReturnType<typeof createChannelsContext> | null>(null);
  useEffect(() => {
    const { blobs } = session;
    const given = { blobs, fetchSample, fetchFile, trainedRuns: async () => [], samples };
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
      <Progress />
      <ChannelsPanel />
      <DeadTold />
    </ChannelsProvider>
  );
}

function Progress() {
  const { t } = useTranslation('channels');
  const { desk } = useChannelsContext();
  const progress = useChannels((state) => state.progress);
  const problem = useChannels((state) => state.problem);
  const shown = progress && { label: t(`progress.steps.${progress.step}`), share: progress.share };
  return <WorkProgress progress={shown} problem={problem} onStop={desk.stop} idle={null} />;
}

/** How many channels of the layer are dead by the rule that is chosen. */
function DeadTold() {
  const liveliness = useLiveliness();
  const looked = useLooked();
  const { rule } = useChannelsView();
  useTell(
    liveliness?.values && looked
      ? { rule, dead: liveliness.weak.size, of: looked.layer.outChannels, layer: looked.layer.label }
      : null,
  );
  return null;
}
